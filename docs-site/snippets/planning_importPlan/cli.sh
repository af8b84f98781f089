br plan export --out PLAN.md
br plan import PLAN.md --yes
br sync

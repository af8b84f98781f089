br whoami

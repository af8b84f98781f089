br members invitations

-- What mails to a person are written in; null: nobody knows.
ALTER TABLE "users" ADD COLUMN "language" TEXT;

"""Papers of a disposal: the sheet of its approvals, the dossier of the whole case, the register of a region."""

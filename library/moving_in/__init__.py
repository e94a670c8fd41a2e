"""Works that come from another library: its own export, read, mapped, looked at, and taken whole.

record      what every reader gives: values in the words of Dublin Core, files, what stood there
formats     what can be read, and how it is told; readers/ has a module for each
child       the confined process that reads; reading is our side of it; unpacking is for zip files
mapping     their fields and values, and ours
attachments which file of the folder, or which address, a record means
plan        what would become of each record; importing does it, all or nothing
harvest     records of an OAI-PMH server; addresses are a list of documents on the web
"""

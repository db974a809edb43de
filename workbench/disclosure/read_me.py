"""What does whoever opens a package read first?  How to check it, what each file holds, and what each hash is of."""

from collections.abc import Mapping

from graph.detect.wordings import Language

READ_ME: Mapping[Language, str] = {
    "en": """This package was made by Filature, an investigation workbench, from the case named in manifest.json.

Every lead in it is a lead, never a verdict. Minors are masked: they stand under labels of their own; ▪▪▪ is what is
withheld. Message texts are hidden or shown, as manifest.json says.

To check that nothing was changed: sha256sum -c SHA256SUMS

report.html      the report; opens in any browser, without a network
report.html.manifest.json
                 what the report was made from: its hash, leads, parameters of every kind, sources
leads.json       the leads: whom they are about, the roles of those who are more than members of their platform, how
                 they were judged, each reason with its records, what speaks against; under the code
                 what_would_clear_it stands what would clear the lead, which nobody observed. Minors stand last, in the
                 order of their labels
records.csv      every record they cite, a line a column, with what cites it: the reasons by their numbers (1, 2 …),
                 what speaks against by its letters (a, b …), as in the report and in the order of leads.json; and
                 file, row and hash of its source; moments are UTC. Of a minor's own row among the accounts the file
                 alone is given: row and values would tell who it is to whoever has the file
sources.csv      the source files with their hashes
custody.csv      who brought what, when the detections ran, and what was done with it; files of the case by their place
                 in it, others by their names; entries are numbered by the audit log of all cases of the workspace, so
                 that numbers are missing where entries of other cases or of none, such as queries, or of other acts
                 stand
manifest.json    what was chosen, evidence digest, run of the detections with its parameters and the version of each
                 method, audit log, program and library versions

The tables are CSV in UTF-8, without a mark at the beginning: choose UTF-8 where a spreadsheet opens them.
An apostrophe before =, +, -, @ and the like is ours: a spreadsheet would run such a cell.

What each hash is of (SHA-256; sha256sum FILE gives it):
sources.csv      the source file as it was handed in; so in custody.csv where files were received
manifest.json    evidence_digest: {evidence}
                 audit_head: the last entry of the audit log, as JSON in ASCII (", " between the parts): an array of its
                 number, moment, person, case, act, detail, and the hash of the entry before; audit_entries: its number
custody.csv      detected: findings/RUN.json of the case; sealed: the seal, seals/NUMBER.json of the case, which holds
                 the evidence digest and the audit log's length and last hash
""",
    "fr": """Ce dossier a été fait par Filature, un atelier d’enquête, à partir de l’affaire que nomme manifest.json.

Chaque piste n’est qu’une piste, jamais un verdict. Les mineurs sont masqués : chacun figure sous une étiquette ; ▪▪▪
est ce qui est retenu. Les textes des messages sont cachés ou montrés, comme le dit manifest.json (hidden, shown).

Pour vérifier que rien n’a été changé : sha256sum -c SHA256SUMS

report.html      le rapport ; s’ouvre dans tout navigateur, sans réseau
report.html.manifest.json
                 de quoi le rapport est fait : son empreinte, pistes, paramètres de chaque type, sources
leads.json       les pistes : qui elles concernent, les rôles de qui est plus que membre de sa plateforme, comment elles
                 ont été jugées, chaque raison avec ses enregistrements, ce qui parle contre ; sous le code
                 what_would_clear_it figure ce qui écarterait la piste, que personne n’a observé. Les mineurs viennent
                 en dernier, dans l’ordre de leurs étiquettes ; les noms des champs et les valeurs de kind, tier,
                 status, roles, code et unit restent en anglais
records.csv      chaque enregistrement cité, une ligne par colonne, avec ce qui le cite : les raisons par leurs numéros
                 (1, 2 …), ce qui parle contre par ses lettres (a, b …), comme dans le rapport et dans l’ordre de
                 leads.json ; et le fichier, la ligne et l’empreinte de sa source ; les moments sont en UTC. De la ligne
                 d’un mineur parmi les comptes, seul le fichier est donné : son numéro et ses valeurs diraient qui c’est
                 à quiconque a le fichier
sources.csv      les fichiers sources avec leurs empreintes
custody.csv      qui a apporté quoi, quand les détections ont été lancées, et ce qui en a été fait ; les fichiers de
                 l’affaire par leur place en elle, les autres par leur nom ; les numéros sont ceux du journal de toutes
                 les affaires de l’espace de travail : il en manque là où figurent d’autres affaires, aucune affaire
                 (requêtes, personnes) ou d’autres actes
manifest.json    ce qui a été choisi, l’empreinte des éléments, l’exécution des détections avec ses paramètres et la
                 version de chaque méthode, le journal, les versions du programme et de ses bibliothèques

Les tables sont en CSV et en UTF-8, sans marque au début : choisissez UTF-8 là où un tableur les ouvre.
Une apostrophe avant =, +, -, @ et semblables est de nous : un tableur exécuterait la cellule.

De quoi est chaque empreinte (SHA-256 ; sha256sum FICHIER la donne) :
sources.csv      le fichier source tel qu’il a été remis ; de même dans custody.csv là où des fichiers ont été reçus
manifest.json    evidence_digest : {evidence}
                 audit_head : la dernière entrée du journal, en JSON et en ASCII (« , » puis une espace entre les
                 parties) : un tableau de ses numéro, moment, personne, affaire, acte, détail, et de l’empreinte de
                 l’entrée d’avant ; audit_entries : son numéro
custody.csv      détections lancées : findings/EXÉCUTION.json de l’affaire ; affaire scellée : le scellé,
                 seals/NUMÉRO.json de l’affaire, qui contient l’empreinte des éléments, la longueur et la dernière
                 empreinte du journal
""",
}
"""With a place for what the evidence digest is of: ``EVIDENCE``, or ``NO_EVIDENCE`` where a minor is named in it."""
EVIDENCE: Mapping[Language, str] = {
    "en": """evidence.json, which lists batches, hashes of the sources, readers and counts of rows""",
    "fr": """evidence.json, qui liste lots, empreintes des sources, lecteurs et nombres de lignes""",
}
NO_EVIDENCE: Mapping[Language, str] = {
    "en": """a list of batches, hashes of the sources, readers and counts of rows; it is not here, since a
                 minor's name or number is in it""",
    "fr": """une liste de lots, empreintes des sources, lecteurs et nombres de lignes ; elle n’est pas ici, car le nom
                 ou le numéro d’un mineur s’y trouve""",
}
ABOUT_DRAFTS: Mapping[Language, str] = {
    "en": """
cybertip/        drafts of reports to NCMEC's CyberTipline, one an account and lead, in the form of its reporting API:
                 of accounts that are not known to be minors', in leads with a minor among the targets. Where nobody
                 knows the age the draft says so. The type of the incident is left out, and its moment where no cited
                 message gives one: the draft says why. Nothing was sent. Whoever files reads them, completes reporter
                 and incident, and decides.
""",
    "fr": """
cybertip/        brouillons de signalements à la CyberTipline du NCMEC, un par compte et par piste, dans la forme de son
                 interface : pour les comptes qui ne sont pas connus comme ceux de mineurs, des pistes qui ont un mineur
                 parmi leurs cibles. Si l’âge n’est pas connu, le brouillon le dit. Le type de l’incident n’y est pas,
                 ni son moment si aucun message cité ne le donne : le brouillon dit pourquoi. Rien n’a été envoyé.
                 Qui signale les lit, complète l’auteur et l’incident, et décide.
""",
}

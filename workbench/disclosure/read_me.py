"""What does whoever opens a package read first?  How to check it, and what each file holds."""

from collections.abc import Mapping

from graph.detect.wordings import Language

READ_ME: Mapping[Language, str] = {
    "en": """This package was made by Filature, an investigation workbench, from the case named in manifest.json.

Every lead in it is a lead, never a verdict. Minors stand under labels of their own; ▪▪▪ is what was withheld.

To check that nothing was changed: sha256sum -c SHA256SUMS

report.html      the report; opens in any browser, without a network
leads.json       the leads: whom they are about, how they were judged, each reason with its records, what speaks
                 against
records.csv      every record they cite, a line a column, with what cites it: the reasons by their numbers (1, 2 …),
                 what speaks against by its letters (a, b …), as in the report and in the order of leads.json; and
                 file, row and hash of its source; moments are UTC
sources.csv      the source files with their hashes
custody.csv      who brought what, and what was done with it; entries are numbered by the audit log of all cases of
                 the workspace, so that numbers are missing where entries of other cases, or of other acts, stand
manifest.json    what was chosen, evidence digest, audit log, program and library versions

In the tables an apostrophe before =, +, -, @ and the like is ours: a spreadsheet would run such a cell.
""",
    "fr": """Ce dossier a été fait par Filature, un atelier d’enquête, à partir de l’affaire que nomme manifest.json.

Chaque piste n’est qu’une piste, jamais un verdict. Les mineurs figurent sous des marques ; ▪▪▪ est ce qui est retenu.

Pour vérifier que rien n’a été changé : sha256sum -c SHA256SUMS

report.html      le rapport ; s’ouvre dans tout navigateur, sans réseau
leads.json       les pistes : qui elles concernent, comment elles ont été jugées, chaque raison avec ses
                 enregistrements, ce qui parle contre ; les noms des champs et les valeurs de kind, tier, status,
                 code et unit restent en anglais
records.csv      chaque enregistrement cité, une ligne par colonne, avec ce qui le cite : les raisons par leurs numéros
                 (1, 2 …), ce qui parle contre par ses lettres (a, b …), comme dans le rapport et dans l’ordre de
                 leads.json ; et le fichier, la ligne et l’empreinte de sa source ; les moments sont en UTC
sources.csv      les fichiers sources avec leurs empreintes
custody.csv      qui a apporté quoi, et ce qui en a été fait ; les numéros sont ceux du journal de toutes les
                 affaires de l’espace de travail : il en manque là où figurent d’autres affaires ou d’autres actes
manifest.json    ce qui a été choisi, l’empreinte des données, le journal, les versions des programmes

Dans les tables, une apostrophe avant =, +, -, @ et semblables est de nous : un tableur exécuterait la cellule.
""",
}
ABOUT_DRAFTS: Mapping[Language, str] = {
    "en": """
cybertip/        drafts of reports to NCMEC's CyberTipline, one a person and lead, in the form of its reporting API.
                 Nothing was sent. Whoever files reads them, completes reporter and incident, and decides.
""",
    "fr": """
cybertip/        brouillons de signalements à la CyberTipline du NCMEC, un par personne et par piste, dans la forme
                 de son interface. Rien n’a été envoyé. Qui signale les lit, complète l’auteur et l’incident, et décide.
""",
}

"""What do the columns of exports tend to be called?  Names by contract column, English and French, as plain words."""

import re
import unicodedata

# beside the contract's own name; the first that fit best come first
_ROOM = ("id_salon", "no_salon", "num_salon", "numero_salon", "id_canal", "id_groupe", "id_room", "id_channel")
_MEMBER = ("no_membre", "num_membre", "numero_membre", "id_membre", "membre")
NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "messages": {
        "message_id": ("message_id", "msg_id", "msgid", "id", "message", "post_id", "content_id", "id_message"),
        "sent_at": (
            "sent_at", "timestamp", "time", "date", "datetime", "created_at", "sent", "sent_time", "at", "when",
            "created", "created_utc", "unixts", "ts", "epoch", "date_time", "posted_at", "send_time", "heure",
            "horodatage", "date_heure", "envoye", "date_envoi", "quand", "timestamp_ms", "time_sent", "message_date",
        ),
        "sender_id": (
            "sender_id", "from_id", "author_id", "user_id", "sender", "from", "author", "src", "source", "account_id",
            "user", "userid", "who", "de", "expediteur", "auteur", "emetteur", "utilisateur", "id_expediteur",
            "id_auteur", "from_user", "from_user_id", "username", "nick", "pseudo", "uid", "qui",
        ),
        "room_id": (
            "room_id", "channel_id", "room", "channel", "chat_id", "chat", "group_id", "group", "conversation_id",
            "conversation", "thread_id", "thread", "salon", "salon_id", "canal", "groupe", "forum", "guild", "server",
            *_ROOM,
        ),
        "recipient_id": (
            "recipient_id", "to_id", "receiver_id", "recipient", "to", "receiver", "dst", "dest", "target", "peer_id",
            "destination", "destinataire", "a", "id_destinataire", "to_user", "to_user_id", "target_id", "object_id",
        ),
        "text": ("text", "message", "content", "body", "msg", "message_text", "texte", "contenu", "corps", "comment"),
    },
    "accounts": {
        "account_id": (
            "account_id", "user_id", "id", "userid", "uid", "account", "member_id", "user", "id_compte", "compte",
            "utilisateur", "id_utilisateur", *_MEMBER,
        ),
        "pseudonym": (
            "pseudonym", "username", "user_name", "nickname", "nick", "display_name", "name", "pseudo", "pseudonyme",
            "handle", "screen_name", "login", "nom", "sender_name", "author_name", "from_name", "author", "nom_auteur",
        ),
        "created_at": (
            "created_at", "created", "registered", "registered_at", "registration_date", "joined", "joined_at",
            "signup", "signup_date", "inscription", "date_inscription", "cree", "join_date", "creation_date",
            "inscrit", "date_creation",
        ),
        "declared_age": ("declared_age", "age", "age_indique", "age_declare"),
        "declared_gender": ("declared_gender", "gender", "sex", "sexe", "genre"),
        "role": ("role", "roles", "fonction", "rang", "rank"),
        "status": ("status", "state", "statut", "etat"),
    },
    "rooms": {
        "room_id": ("room_id", "channel_id", "room", "channel", "id", "chat_id", "group_id", "salon_id", "salon",
                    *_ROOM),
        "name": ("name", "room_name", "channel_name", "title", "nom", "titre", "nom_salon", "nom_canal", "nom_groupe",
                 "salon_nom", "libelle", "intitule"),
        "kind": ("kind", "type", "genre"),
        "created_at": ("created_at", "created", "creation_date", "cree"),
    },
    "sessions": {
        "account_id": ("account_id", "user_id", "userid", "uid", "user", "account", "username", "login", "utilisateur",
                       "compte", *_MEMBER, "id"),
        "started_at": (
            "started_at", "start", "started", "login_at", "login_time", "begin", "connected_at", "logged_in", "time",
            "timestamp", "date", "debut", "connexion", "start_time", "session_start", "from",
        ),
        "ended_at": (
            "ended_at", "end", "ended", "logout_at", "logout_time", "disconnected_at", "fin", "deconnexion", "end_time",
            "session_end", "to",
        ),
        "ip": ("ip", "ip_address", "ipaddress", "remote_addr", "address", "adresse_ip", "adresse", "client_ip"),
        "device_id": ("device_id", "device", "deviceid", "appareil", "terminal", "imei", "fingerprint"),
        "user_agent": ("user_agent", "useragent", "agent", "browser", "navigateur", "client"),
    },
    "identifiers": {
        "account_id": ("account_id", "user_id", "userid", "uid", "user", "account", "compte", "utilisateur",
                       *_MEMBER),
        "kind": ("kind", "type", "identifier_type", "genre"),
        "value": ("value", "identifier", "valeur", "identifiant"),
        "first_seen_at": ("first_seen_at", "first_seen", "first", "premier", "vu_premier"),
        "last_seen_at": ("last_seen_at", "last_seen", "last", "dernier", "vu_dernier"),
    },
    "reports": {
        "report_id": ("report_id", "id", "ticket", "ticket_id", "case_id"),
        "reported_id": ("reported_id", "reported", "reported_user", "target", "target_id", "signale", "accused"),
        "reporter_id": ("reporter_id", "reporter", "reported_by", "by", "signale_par", "auteur"),
        "made_at": ("made_at", "reported_at", "date", "time", "timestamp", "created_at", "signale"),
        "reason": ("reason", "category", "motif", "raison", "comment"),
    },
    "companies": {
        "company_id": ("company_id", "company_number", "number", "siren", "lei", "id", "registration_number"),
        "name": ("name", "company_name", "denomination", "raison_sociale", "nom"),
        "jurisdiction": ("jurisdiction", "country", "pays", "juridiction"),
        "incorporated_at": ("incorporated_at", "incorporation_date", "incorporated", "founded", "date_creation"),
    },
    "persons": {
        "person_id": ("person_id", "id", "id_personne"),
        "name": ("name", "full_name", "nom", "nom_complet"),
    },
    "ownerships": {
        "owner_id": ("owner_id", "owner", "shareholder", "parent", "actionnaire", "detenteur", "proprietaire"),
        "owned_id": ("owned_id", "owned", "company", "subsidiary", "company_id", "filiale", "societe"),
        "share": ("share", "shares", "percentage", "stake", "part", "parts"),
        "kind": ("kind", "type", "nature"),
        "from": ("from", "start", "since", "depuis", "debut", "start_date"),
        "to": ("to", "end", "until", "jusqu_a", "fin", "end_date"),
    },
    "operators": {
        "company_id": ("company_id", "company", "operator", "societe", "exploitant"),
        "platform": ("platform", "site", "service", "plateforme"),
    },
}
# of an account's own row: by kind of identifier
MARKS: dict[str, tuple[str, ...]] = {
    "email": ("email", "e_mail", "mail", "email_address", "courriel", "adresse_email", "adresse_mail",
              "adresse_courriel", "adresse_e_mail"),
    "ip": ("ip", "ip_address", "last_ip", "ip_derniere", "derniere_ip", "adresse_ip", "registration_ip",
           "ip_inscription"),
}
# what roles are called, by the contract's word
ROLE_WORDS: dict[str, str] = {
    "membre": "member", "utilisateur": "member", "utilisatrice": "member", "user": "member",
    "modérateur": "moderator", "modératrice": "moderator", "modo": "moderator", "mod": "moderator",
    "admin": "staff", "administrateur": "staff", "administratrice": "staff", "administrator": "staff", "robot": "bot",
}
PLATFORM = ("platform", "plateforme", "site", "service", "network")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OTHER = re.compile(r"[^a-z0-9]+")


def plain_name(name: str) -> str:
    """``Date d'envoi``, ``dateEnvoi`` and ``DATE_ENVOI`` in one form: lower case, no accents, words by ``_``."""
    spaced = _CAMEL.sub("_", name)
    bare = "".join(char for char in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(char))
    words = [word for word in _OTHER.split(bare.lower()) if word and word not in ("d", "l", "the", "le", "la", "of")]
    return "_".join(words)


def name_score(table: str, target: str, column: str) -> float:
    """How well a column's name fits the contract column: 1 for its own name, less down the list, 0 for none."""
    plain = plain_name(column)
    if plain == target:
        return 1.0
    known = PLATFORM if target == "platform" and table != "operators" else NAMES[table][target]
    return 0.95 - 0.4 * known.index(plain) / len(known) if plain in known else 0.0

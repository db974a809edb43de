# ruff: noqa: E501 (lines of exports are as long as exporters write them)
"""One small export of each format, built by the rules of whoever writes it; people, places and texts are invented."""

import base64
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from tests.unit.ingest.chat_exports import put

WOLF, KID = "760000000000000077", "780000000000000078"
CHANNEL = "900000000000000002"


def table(header: str, *rows: list[str]) -> str:
    """CSV with every value quoted, as exporters write it."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return header + "\r\n" + out.getvalue()


def discord_csv(folder: Path) -> Path:
    return put(folder / f"Harbour - Chat - general [{CHANNEL}].csv", table(
        "AuthorID,Author,Date,Content,Attachments,Reactions",
        [WOLF, "w0lf_17#0042", "2024-05-01T18:03:04.5670000+02:00", "see you at the \"old\" boat,\nthe blue one", "", ""],
        [KID, "kid", "2024-05-01T18:03:05.0000000+02:00", "yes",
         "https://cdn.example/attachments/1/5/boat.jpg?ex=1,https://cdn.example/attachments/1/6/sea.png", "👍 (2),🎉 (1)"],
    ))


def discord_package(folder: Path) -> Path:
    root = folder / "package"
    put(root / "account" / "user.json", {"id": WOLF, "username": "w0lf_17", "discriminator": 0, "global_name": "Wolf",
                                         "email": "wolf@example.org", "phone": "+33 6 12 34 56 78"})
    put(root / "messages" / "index.json", {"11": "general in Harbour", "12": "Direct Message with kid#0", "13": None})
    put(root / "messages" / "c11" / "channel.json", {
        "id": "11", "type": "GUILD_TEXT", "name": "general", "guild": {"id": "9001", "name": "Harbour"}})
    put(root / "messages" / "c11" / "messages.json", [
        {"ID": 1240000000000000001, "Timestamp": "2024-05-01 16:03:04", "Contents": "the boat leaves at six",
         "Attachments": "https://cdn.example/attachments/1/5/boat.jpg?ex=1"},
    ])
    put(root / "messages" / "c12" / "channel.json", {"id": "12", "type": "DM", "recipients": [KID, WOLF]})
    put(root / "messages" / "c12" / "messages.csv",
        "ID,Timestamp,Contents,Attachments\r\n1240000000000000002,2024-05-01 16:04:04.123000+00:00,on my way,\r\n")
    return root


def discord_return(folder: Path) -> Path:
    root = folder / "return"
    put(root / "messages" / "servers" / "harbour.csv", table(
        "id,channel_id,author_id,timestamp,username,contents,attachments",
        ["1240000000000000001", CHANNEL, WOLF, "2024-05-01T16:03:04", "w0lf_17", "the boat leaves at six", ""],
        ["1240000000000000002", CHANNEL, KID, "2024-05-01T16:03:05+00:00", "kid", "yes",
         "https://cdn.example/attachments/1/55/boat.jpg\nhttps://cdn.example/attachments/1/56/sea.png"],
    ))
    put(root / "messages" / "dms" / "kid.csv", table(  # here the channel stands first
        "channel_id,id,author_id,timestamp,username,contents,attachments",
        [CHANNEL, "1240000000000000003", WOLF, "1714579386", "w0lf_17", "on my way", ""],
        [CHANNEL, "1240000000000000004", KID, "1714579387", "kid", "good", ""],
    ))
    return root


_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"/><title>Exported Data</title><script>document.write("<div class='message'>")</script>
</head><body onload="CheckLocation();"><div class="page_wrap">
<div class="page_header"><div class="content"><div class="text bold">
{title}
</div></div></div><div class="page_body chat_page"><div class="history">
{messages}
</div></div></div></body></html>
"""
_DATED = ('<div class="message default clearfix" id="message{id}"><div class="pull_left userpic_wrap">'
          '<div class="userpic userpic3"><div class="initials">W</div></div></div><div class="body">'
          '<div class="pull_right date details" title="{date}">18:03</div>{rest}</div></div>')


def _named(number: int, date: str, name: str, rest: str) -> str:
    return _DATED.format(id=number, date=date, rest=f'<div class="from_name">\n{name}\n</div>{rest}')


def telegram_html(folder: Path) -> Path:
    at = "01.05.2024 18:03:0{} UTC+02:00".format
    messages = [
        '<div class="message service" id="message-1"><div class="body details">1 May 2024</div></div>',
        '<div class="message service" id="message9"><div class="body details">Wolf invited Kid</div></div>',
        _named(10, at(1), "Wolf", '<div class="text">the boat &amp; the <strong>sea</strong><br>at six</div>'),
        _DATED.format(id=11, date=at(2), rest='<div class="text">or seven</div>').replace("clearfix\"", "clearfix joined\"", 1),
        _named(12, at(3), "Kid via @helper", '<div class="reply_to details">In reply to <a href="#go_to_message10" '
               'onclick="return GoToMessage(10)">this message</a></div><div class="text">six</div>'),
        _named(13, at(4), "Ann", '<div class="forwarded body"><div class="from_name">Ben<span class="date details" '
               'title="30.04.2024 10:00:00 UTC+02:00"> 30.04.2024 10:00:00</span></div><div class="media_wrap clearfix">'
               '<a class="photo_wrap clearfix pull_left" href="photos/photo_1@01-05-2024.jpg"><img class="photo" '
               'src="photos/photo_1_thumb.jpg"></a></div><div class="text">look</div></div>'),
        _named(14, at(5), "Kid", '<span class="reactions"><span class="reaction"><span class="emoji">👍</span>'
               '<span class="userpics"><div class="userpic"><div class="initials" title="Wolf">W</div></div></span></span>'
               '</span><div class="media_wrap clearfix"><div class="media clearfix pull_left media_call success">'
               '<div class="fill pull_left"></div><div class="body"><div class="title bold">Kid</div>'
               '<div class="status details">Outgoing (30 seconds)</div></div></div></div>'),
    ]
    return put(folder / "ChatExport_1" / "messages.html", _PAGE.format(title="Harbour &amp; sea", messages="\n".join(messages)))


def telegram_html_of_two(folder: Path) -> Path:
    at = "01.05.2024 18:03:0{}".format
    messages = [_named(1, at(1), "Kid", '<div class="text">are you there</div>'),
                _named(2, at(2), "Wolf", '<div class="text">on my way</div>')]
    return put(folder / "chat_001" / "messages.html", _PAGE.format(title="Kid", messages="\n".join(messages)))


def meta_html(folder: Path) -> Path:
    block = ('<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">{}</h2>'
             '<div class="_3-95 _a6-p"><div><div></div><div>{}</div><div></div><div></div>{}</div></div>'
             '<div class="_3-94 _a6-o">{}</div></div>').format
    blocks = (
        '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_a6-p">Participants: Kid and Wölf</div></div>',
        block("Kid", "yes &lt;3", '<ul class="_a6-q"><li><span>👍Wölf</span></li></ul>', "May 01, 2024 6:03:05 pm"),
        block("Wölf", "see <a href=\"https://example.org/a\">https://example.org/a</a>",
              '<div><img src="your_activity/photos/boat_1.jpg" class="_a6_o"></div>', "May 01, 2024 6:03:04 pm"),
    )
    return put(folder / "instagram-wolf" / "messages" / "inbox" / "kid_12" / "message_1.html",
               f"<html><head><title>Kid</title></head><body><div class=\"_a706\">{''.join(blocks)}</div></body></html>")


def meta_return(folder: Path) -> Path:
    def pair(label: str, value: str) -> str:
        return f"<table><tr><th>{label}</th><td>{value}</td></tr></table>"

    def said(author: str, second: int, body: str, more: str = "") -> str:
        return (pair("Author", author) + pair("Sent", f"2024-05-01 16:03:{second:02d} UTC") + pair("Body", body) + more)

    wolf, kid, ann = "w0lf_17 (Instagram: 1001)", "kid (Instagram: 1002)", "ann (Instagram: 1003)"
    two = pair("Thread", " (5550001)" + pair("Current Participants", f"2024-05-02 00:00:00 UTC<br/>{wolf}<br/>{kid}")
               + said(wolf, 4, "the boat leaves at six") + said(kid, 5, "yes", pair(
                   "Attachments", pair("Linked Media File:", "linked_media/unified_message_5.jpg")))
               + said(wolf, 6, "", pair("Removed by Sender", "true")))
    three = pair("Thread", " (5550002)" + pair("Current Participants", f"2024-05-02 00:00:00 UTC<br/>{wolf}<br/>{kid}<br/>{ann}")
                 + said(ann, 7, "hello both"))
    body = (pair("Service", "Instagram") + pair("Target", "1001") + pair("Account Identifier", "w0lf_17")
            + '<div id="property-ip_addresses">' + pair("Ip Addresses", pair("IP Address", "192.0.2.7")
                                                        + pair("Time", "2024-05-01 15:00:00 UTC")) + "</div>"
            + f'<div id="property-unified_messages" class="content-pane">{pair("Unified Messages", two + three)}</div>')
    return put(folder / "records.html", f"<html><head><title>Meta Business Record</title></head><body>{body}</body></html>")


def meta_return_blocks(folder: Path) -> Path:
    """The other layout, of nested blocks."""
    def pair(label: str, value: str) -> str:
        return f'<div class="t o"><div class="t i">{label}<div class="m"><div>{value}</div></div></div></div>'

    thread = pair("Thread", "(5550001)" + pair("Current Participants", "wolf (facebook: 1001)<br>kid (facebook: 1002)")
                  + pair("Author", "kid (facebook: 1002)") + pair("Sent", "2024-05-01 16:03:05 UTC") + pair("Body", "yes"))
    return put(folder / "records.html", "<html><body>" + pair("Service", "Facebook") + pair("Account Identifier", "wolf")
               + pair("Target", "1001") + pair("Unified Messages", thread) + "</body></html>")


_LEGEND = '"Target username: w0lf_17\nThis file holds conversations.\n"\r\n' + "=" * 40 + "\r\n"


def snapchat(folder: Path) -> Path:
    root = folder / "snap"
    put(root / "conversations.csv", _LEGEND
        + "content_type,message_type,conversation_id,message_id,sender_username,recipient_username,text,media_id,is_saved,"
          "is_one_on_one,timestamp\r\n"
        + "TEXT,SNAP_TEXT,c-1,m-1,w0lf_17,kid,the boat leaves at six,,false,true,Wed May 01 16:03:04 UTC 2024\r\n"
        + 'MEDIA,SNAP,c-2,m-2,kid,"w0lf_17;ann",,b~1;b~2,false,false,2024-05-01 16:03:05 UTC\r\n')
    put(root / "ip_data.csv", _LEGEND + "ip,first_seen_time,last_seen_time,asn\r\n"
        + "192.0.2.7,2024-05-01 15:00:00 UTC,2024-05-01 15:30:00 UTC,64500\r\n")
    put(root / "subscriber_info.csv", _LEGEND + "username,email_address,phone_number,created\r\n"
        + "w0lf_17,wolf@example.org,+33612345678,2020-01-01 00:00:00 UTC\r\n")
    return root


def kik(folder: Path) -> Path:
    root = folder / "package"
    wolf, kid, room = "w0lf_17_abc@talk.kik.com", "kid_xyz@talk.kik.com", "1100@groups.kik.com"
    put(root / "content" / "data-text.csv", "id,message,sender_id,receiver_id,sent_at,sent_at_ts,app_name,content_id,"
        f"filename,ip,port,parent_id\nk1,the boat leaves at six,{wolf},{kid},2024-05-01 16:03:04,1714579384103,all,c1,,192.0.2.7,4000,\n")
    put(root / "content" / "data-media.csv", "id,message,sender_id,receiver_id,sent_at,sent_at_ts,app_name,content_id,"
        f"filename,ip,port,parent_id\nk2,,{kid},{wolf},2024-05-01 16:03:05,1714579385103,all,c2,Ym9hdA,192.0.2.8,4001,k1\n")
    put(root / "logs" / "chat_sent.csv", "user_jid,friend_user_jid,ip,ts,words\n"
        f"{wolf},{kid},192.0.2.7,2024-05-01 16:03:04,5\n{wolf},{kid},192.0.2.7,2024-05-01 17:00:00,2\n")
    put(root / "logs" / "group_send_msg_platform.csv",
        "sender,receiver,ts,group_jid,sender_ip,sender_device_type,cid,app_name,app,receive_ip,dt,epoch\n"
        f"{wolf},{kid},2024-05-01 16:10:00,{room},192.0.2.7,android,c3,all,all,192.0.2.8,2024-05-01,1714579800000\n")
    put(root / "logs" / "binds.csv", f"user_jid,ip,port,ts,device\n{wolf},192.0.2.7,4000,2024-05-01 15:00:00,Android 14\n")
    put(root / "logs" / "friends_added.csv", f"user_jid,friend_user_jid,ts\n{wolf},{kid},2024-04-30 15:00:00\n")
    put(root / "group-legend-w0lf_17_abc.csv", "gid,name,code,public,deleted,last_join_ts,last_activity\n"
        f"{room},Harbour,#harbour,true,false,2024-04-30 15:00:00,\n")
    return root


def roblox(folder: Path) -> Path:
    root = folder / "roblox"
    put(root / "Chat records of the Roblox user.csv",
        "ts,ds,conversation_id,convo_type,user_id,name,text,is_filtered_o13,is_filtered_u13,is_rewritten,request_user_id\n"
        "2024-05-01T16:03:04.123Z,2024-05-01,conv1,chat/app,77,w0lf_17,the boat leaves at six,false,true,false,77\n"
        "2024-05-01T16:03:05,,conv1,,78,,yes,,,,77\n"
        ",,,,,,,,,,\n"
        "2024-05-01T16:03:06Z,2024-05-01,conv2,chat/game/public,79,ann,hello,false,false,false,77\n")
    put(root / "Messages of the Roblox user.csv",
        "id,subject,body,author_id,author_name,recipient_id,recipient_name,is_system_message,is_read,is_archived,"
        "created_time (UTC seconds),updated_time (UTC seconds),created_time (MM/DD/YYYY hh:mm:ss)\n"
        "5,boat,on my way,77,w0lf_17,78,kid,false,true,false,1714579387,1714579387,05/01/2024 16:03:07\n")
    put(root / "IP address of the account.csv",
        "user_id,username,ip_address,last_observed_port,first_recorded_utc,last_recorded_utc\n"
        "77,w0lf_17,192.0.2.7,4000,2024-05-01 15:00:00.000,2024-05-01 15:30:00.000\n")
    put(root / "Group wall posts of the Roblox user.csv",
        "group_wall_post_id,group_id,user_id,post_text,createdutc,updatedutc\n9,44,77,hello wall,05/13/2024 16:03:04,\n")
    put(root / "Device ID of the Roblox user.csv", "pii_userid,pii_device_id\n77,device-1\n")
    return root


def x_archive(folder: Path) -> Path:
    root = folder / "data"
    put(root / "account.js", 'window.YTD.account.part0 = [ {"account": {"email": "wolf@example.org", "username": "w0lf_17", '
        '"accountId": "77", "createdAt": "2020-01-01T00:00:00.000Z", "accountDisplayName": "Wolf"}} ]')
    put(root / "direct-messages.js", "window.YTD.direct_messages.part0 = " + json.dumps([{"dmConversation": {
        "conversationId": "77-78", "messages": [
            {"messageCreate": {"id": "1785000000000000001", "senderId": "77", "recipientId": "78", "mediaUrls": [
                "https://ton.example/dm/1/boat.jpg"], "text": "the boat leaves at six", "reactions": [
                {"senderId": "78", "reactionKey": "like", "eventId": "1", "createdAt": "2024-05-01T16:04:00.000Z"}],
                "createdAt": "2024-05-01T16:03:04.000Z"}}]}}], indent=1))
    put(root / "direct-messages-group.js", "window.YTD.direct_messages_group.part0 = " + json.dumps([{"dmConversation": {
        "conversationId": "555", "messages": [
            {"participantsJoin": {"initiatingUserId": "77", "userIds": ["78"], "createdAt": "2024-05-01T16:03:05.000Z"}},
            {"messageCreate": {"id": "1785000000000000002", "senderId": "78", "text": "hello both", "mediaUrls": [],
                               "createdAt": "2024-05-01T16:03:06.000Z"}}]}}]))
    put(root / "tweets.js", "window.YTD.tweets.part0 = " + json.dumps([{"tweet": {
        "id_str": "1785000000000000003", "full_text": "@kid at six", "created_at": "Wed May 01 16:03:07 +0000 2024",
        "in_reply_to_user_id_str": "78", "in_reply_to_status_id_str": "9", "entities": {"user_mentions": [{"id_str": "78"}]}}}]))
    put(root / "ip-audit.js", 'window.YTD.ip_audit.part0 = [ {"ipAudit": {"accountId": "77", '
        '"createdAt": "2024-05-01T15:00:00.000Z", "loginIp": "192.0.2.7"}} ]')
    return root


def x_return(folder: Path) -> Path:
    body = json.dumps([{"dmConversation": {"conversationId": "77-78", "messages": [
        {"messageCreate": {"id": "1785000000000000001", "senderId": "77", "recipientId": "78", "mediaUrls": [],
                           "text": "the boat leaves at six", "createdAt": "2024-05-01T16:03:04.000Z"}}]}}], indent=1)
    return put(folder / "77-direct-messages.txt", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n" + "".join(
        f"- {line}\n" if line.startswith("-") else f"{line}\n" for line in body.split("\n"))
        + "-----BEGIN PGP SIGNATURE-----\n\niQIzBAEB\n-----END PGP SIGNATURE-----\n")


def google_chat(folder: Path) -> Path:
    root = folder / "Takeout"
    wolf = {"name": "Wolf", "email": "Wolf@example.org", "user_type": "Human"}
    kid = {"name": "Kid", "email": "kid@example.org", "user_type": "Human"}
    put(root / "Google Chat" / "Groups" / "DM abc" / "group_info.json", {"members": [wolf, kid]})
    put(root / "Google Chat" / "Groups" / "DM abc" / "messages.json", {"messages": [
        {"creator": wolf, "created_date": "Wednesday, May 1, 2024 at 4:03:04\u202fPM UTC", "text": "the boat leaves at six",
         "topic_id": "t1", "message_id": "abc/t1/t1", "attached_files": [
             {"original_name": "boat.jpg", "export_name": "File-boat.jpg"}], "reactions": [
             {"emoji": {"unicode": "👍"}, "reactor_emails": ["kid@example.org"]}]},
        {"creator": kid, "deleted_date": "Wednesday, 1 May 2024 at 16:03:05 UTC", "message_id": "abc/t1/t2",
         "message_state": "DELETED", "deletion_metadata": {"deletion_type": "CREATOR"}},
    ]})
    put(root / "Google Chat" / "Groups" / "Space xyz" / "group_info.json", {"name": "Harbour", "members": [wolf, kid]})
    put(root / "Google Chat" / "Groups" / "Space xyz" / "messages.json", {"messages": [
        {"creator": {"name": "Ann", "user_type": "Human"}, "created_date": "Wednesday, May 1, 2024 at 4:03:06 PM UTC",
         "text": "hello both", "message_id": "xyz/t/t"}]})
    put(root / "Google Chat" / "Users" / "User 1" / "user_info.json", {"user": wolf, "membership_info": []})
    return root


def mastodon(folder: Path) -> Path:
    root = folder / "archive"
    me, kid = "https://hs.example/users/wolf", "https://other.example/users/kid"
    put(root / "actor.json", {"@context": ["https://www.w3.org/ns/activitystreams"], "id": me, "type": "Person",
                              "preferredUsername": "wolf", "name": "Wolf", "outbox": "outbox.json",
                              "published": "2022-01-01T00:00:00Z", "alsoKnownAs": ["https://old.example/users/wolf"]})

    def created(number: int, to: list[str], cc: list[str], content: str, **more: object) -> dict[str, object]:
        note = {"id": f"{me}/statuses/{number}", "type": "Note", "attributedTo": me, "content": content, "tag": [], **more}
        return {"id": f"{me}/statuses/{number}/activity", "type": "Create", "actor": me, "to": to, "cc": cc,
                "published": f"2024-05-01T16:03:0{number}Z", "object": note}

    public = "https://www.w3.org/ns/activitystreams#Public"
    put(root / "outbox.json", {"@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json",
                               "type": "OrderedCollection", "totalItems": 4, "orderedItems": [
        created(1, [public], [f"{me}/followers"], "<p>the boat<br/>leaves &amp; returns</p>", attachment=[
            {"type": "Document", "mediaType": "image/jpeg", "url": "/media_attachments/files/1/boat.jpg"}]),
        created(2, [kid], [], "<p><span class=\"h-card\">@kid</span> on my way</p>",
                tag=[{"type": "Mention", "href": kid, "name": "@kid@other.example"}]),
        created(3, [f"{me}/followers"], [], "<p>for those who follow</p>"),
        {"id": f"{me}/statuses/4/activity", "type": "Announce", "actor": me, "to": [public], "cc": [],
         "published": "2024-05-01T16:03:04Z", "object": "https://other.example/users/ann/statuses/8"},
    ]})
    return root


def imageboard(folder: Path) -> Path:
    md5 = base64.b64encode(bytes(range(16))).decode()
    return put(folder / "b" / "thread" / "100.json", {"posts": [
        {"no": 100, "resto": 0, "time": 1714579384, "name": "Anonymous", "sub": "Boats", "com": "which one?", "unique_ips": 3,
         "filename": "boat", "ext": ".jpg", "fsize": 1234, "md5": md5},
        {"no": 101, "resto": 100, "time": 1714579385, "name": "Anonymous", "id": "aB3dE",
         "com": "<a href=\"#p100\" class=\"quotelink\">&gt;&gt;100</a><br>the <b>blue</b> one"},
        {"no": 102, "resto": 100, "time": 1714579386, "name": "Wolf", "trip": "!Ep8pui8Vw2", "com": "agreed"},
        {"no": 103, "resto": 100, "time": 1714579387, "name": "Anonymous", "capcode": "mod", "com": "keep to the topic"},
    ]})


def signal_backup(folder: Path) -> Path:
    aci = base64.b64encode(bytes(range(16))).decode()
    digest = base64.b64encode(bytes(range(32))).decode()
    frames = [
        {"version": "1", "backupTimeMs": "1714600000000"},
        {"account": {"username": "wolf.17", "givenName": "Wolf"}},
        {"recipient": {"id": "1", "self": {}}},
        {"recipient": {"id": "2", "contact": {"aci": aci, "e164": "33612345678", "profileGivenName": "Kid",
                                              "registered": {}}}},
        {"recipient": {"id": "3", "group": {"masterKey": "bWFzdGVy", "snapshot": {"title": {"title": "Harbour"},
                                                                                  "members": [{"userId": aci}]}}}},
        {"chat": {"id": "1", "recipientId": "2"}}, {"chat": {"id": "2", "recipientId": "3"}},
        {"chatItem": {"chatId": "1", "authorId": "2", "dateSent": "1714579384000", "incoming": {
            "dateReceived": "1714579384500"}, "standardMessage": {"text": {"body": "the boat leaves at six"}, "reactions": [
                {"emoji": "👍", "authorId": "1", "sentTimestamp": "1714579390000"}], "attachments": [{"pointer": {
                    "contentType": "image/jpeg", "fileName": "boat.jpg", "locatorInfo": {
                        "size": 1234, "plaintextHash": digest}}}]}}},
        {"chatItem": {"chatId": "1", "authorId": "1", "dateSent": "1714579385000", "outgoing": {}, "standardMessage": {
            "text": {"body": "yes"}, "quote": {"targetSentTimestamp": "1714579384000", "authorId": "2"}}}},
        {"chatItem": {"chatId": "2", "authorId": "2", "dateSent": "1714579386000", "incoming": {},
                      "remoteDeletedMessage": {}}},
    ]
    return put(folder / "main.jsonl", "".join(json.dumps(frame, ensure_ascii=False) + "\n" for frame in frames))


def axiom(folder: Path) -> Path:
    def hit(**fragments: str) -> str:
        told = "".join(f'<Fragment name="{name.replace("__", " ")}">{value}</Fragment>' for name, value in fragments.items())
        return f'<Hit sequenceNumber="1">{told}</Hit>'

    messages = hit(Sender="33611111111@s.whatsapp.net", Receiver="33622222222@s.whatsapp.net",
                   **{"Message Sent Date/Time - UTC+00:00 (M/d/yyyy)": "5/1/2024 4:03:04 PM"},
                   Message="the boat &amp; the sea&#x0;", Source="msgstore.db") + hit(
        Sender="33622222222@s.whatsapp.net", Receiver="", **{"Group Name": "Harbour",
        "Message Sent Date/Time - UTC+00:00 (M/d/yyyy)": "5/1/2024 4:03:05 PM"}, Message="hello both")
    telegram = hit(Partner="kid", **{"Local User": "wolf", "Date/Time - UTC+02:00 (dd/MM/yyyy)": "13/05/2024 18:03:06"},
                   **{"Message Type": "Outgoing"}, Message="on my way")
    return put(folder / "axiom.xml", '<?xml version="1.0" encoding="utf-8"?><Report><Artifacts>'
               f'<Artifact name="Android WhatsApp Messages"><Hits>{messages}</Hits></Artifact>'
               f'<Artifact name="iOS Telegram Messages"><Hits>{telegram}</Hits></Artifact>'
               f'<Artifact name="Chrome Web History"><Hits>{hit(URL="example")}</Hits></Artifact></Artifacts></Report>')


def mbox(folder: Path) -> Path:
    first = ("From: =?utf-8?q?W=C3=B6lf?= <Wolf@Example.org>\nTo: Kid <kid@example.org>\nSubject: boat\n"
             "Date: Wed, 01 May 2024 18:03:04 +0200\nMessage-ID: <a1@example.org>\nX-Originating-IP: [192.0.2.7]\n"
             "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=XX\n\n--XX\nContent-Type: text/plain; charset=iso-8859-1\n"
             "Content-Transfer-Encoding: quoted-printable\n\n>From here the boat leaves at six, caf=E9 first\n--XX\n"
             "Content-Type: image/jpeg; name=\"boat.jpg\"\nContent-Disposition: attachment; filename=\"../boat.jpg\"\n"
             "Content-Transfer-Encoding: base64\n\nYm9hdA==\n--XX--\n")
    second = ("From: kid@example.org\nTo: wolf@example.org, ann@example.org\nCc: ben@example.org\nSubject: Re: boat\n"
              "Date: Wed, 01 May 2024 16:03:05 GMT\nMessage-ID: <a2@example.org>\nIn-Reply-To: <a1@example.org>\n"
              "Content-Type: text/html\n\n<p>hello <b>all</b></p><script>alert(1)</script>\n")
    return put(folder / "All mail.mbox", f"From 1@xxx Wed May 01 16:03:04 +0000 2024\n{first}\n"
               f"From 2@xxx Wed May 01 16:03:05 +0000 2024\n{second}\n")


def eml(folder: Path) -> Path:
    return put(folder / "one.eml", "Return-Path: <wolf@example.org>\r\nFrom: wolf@example.org\r\nTo: kid@example.org\r\n"
               "Date: Wed, 1 May 2024 18:03:04 +0200\r\nMessage-ID: <a3@example.org>\r\n\r\non my way\r\n")


SAMPLES: dict[str, tuple[Callable[[Path], Path], str]] = {
    builder.__name__: (builder, format) for builder, format in (
        (discord_csv, "discord-csv"), (discord_package, "discord-package"), (discord_return, "discord-return"),
        (telegram_html, "telegram-html"), (telegram_html_of_two, "telegram-html"), (meta_html, "meta-html"),
        (meta_return, "meta-return"), (meta_return_blocks, "meta-return"), (snapchat, "snapchat"), (kik, "kik"),
        (roblox, "roblox"), (x_archive, "x"), (x_return, "x"), (google_chat, "google-chat"), (mastodon, "mastodon"),
        (imageboard, "imageboard"), (signal_backup, "signal-export"), (axiom, "axiom"), (mbox, "mail"), (eml, "mail"),
    )
}
"""Who builds a sample, and the format it must be taken for."""

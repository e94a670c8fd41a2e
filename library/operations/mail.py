"""Letters given to the server that the settings name, which takes them on (SMTP, RFC 5321).

TLS is used wherever the server is another computer; a name that its certificate does not have is
refused. A letter is given once and not kept.
"""

from __future__ import annotations

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from library.core.settings import Settings

SECONDS = 30.0
OVER_TLS, SUBMISSION = 465, 25  # ports, where the setting names none


class NotSent(Exception):
    """The server could not be reached, or did not take a letter. for_good: no such mailbox."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


def letter(
    settings: Settings, sender: str, to: str, subject: str, text: str, *, language: str, end: str
) -> EmailMessage:
    """A letter, with the way to end such letters in one press (RFC 2369, RFC 8058).

    sender: who it is from, in words. end: an https address.
    """
    made = EmailMessage()
    made["From"] = Address(" ".join(sender.split()), addr_spec=settings.mail_from)
    made["To"] = Address(addr_spec=to)
    made["Subject"] = " ".join(subject.split())
    made["Message-ID"] = make_msgid(domain=urlsplit(settings.base_url).hostname or "localhost")
    made["Auto-Submitted"] = "auto-generated"
    made["List-Unsubscribe"] = f"<{end}>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(text)  # which takes out what was said of the content before
    made["Content-Language"] = language
    return made


def send(settings: Settings, message: EmailMessage) -> None:
    """Raises NotSent, in whose words no address of a reader stands."""
    server = urlsplit(settings.smtp)
    host = server.hostname or ""
    safe = ssl.create_default_context()
    message["Date"] = localtime()
    try:
        line: smtplib.SMTP
        if server.scheme == "smtps":
            port = server.port or OVER_TLS
            line = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=safe)
        else:
            line = smtplib.SMTP(host, server.port or SUBMISSION, timeout=SECONDS)
        with line:
            if server.scheme == "smtp" and not _is_here(host):
                line.starttls(context=safe)
            if server.username:
                line.login(unquote(server.username), unquote(server.password or ""))
            line.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        never = bool(codes) and all(500 <= code < 600 for code in codes)
        raise NotSent(f"recipient refused {codes}", for_good=never) from None
    except smtplib.SMTPResponseException as error:
        raise NotSent(f"{type(error).__name__} {error.smtp_code}") from None
    except smtplib.SMTPException as error:
        raise NotSent(type(error).__name__) from None
    except OSError as error:
        raise NotSent(f"{type(error).__name__}: {error.strerror or error}") from None


def _is_here(host: str) -> bool:
    """Whether a server is on this computer: what is said to it crosses no network."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

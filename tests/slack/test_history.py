"""Reading conversations never stops whoever asks."""

from bot.slack.clients import Clients
from bot.slack.history import History
from bot.slack.installation_store import InstallationStore
from bot.slack.sealing import Seal
from storage.database import Database
from tests.support.clocks import FrozenClock
from tests.support.neighbours import KEY


def test_where_no_token_can_be_read_nothing_is_read_and_everything_is_there(
    sqlite_database: Database, clock: FrozenClock
) -> None:
    """A workspace whose token is lost or unreadable does not keep the others from being read."""
    history = History(Clients(InstallationStore(sqlite_database, clock, seal=Seal([KEY]))))

    assert [] == history.replies("T_OTHER", "D_ANA", "1.1")
    assert [] == history.history("T_OTHER", "D_ANA", "1.1")
    assert history.is_gone("T_OTHER", "D_ANA", "1.1") is False

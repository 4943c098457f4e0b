import pytest
from click.testing import CliRunner

from kg.cli import cli


@pytest.fixture
def kg():
    """Run `kg` with words; gives the result with `stdout`, `stderr` and `exit_code`."""
    runner = CliRunner()

    def run(*words, code=0, **options):
        result = runner.invoke(cli, [str(word) for word in words], prog_name="kg", **options)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return run

"""Settings: one frozen value; flags > `FUNCGEMMA_*` environment > config.toml > defaults.

Any of them has the flag `funcgemma --set NAME=VALUE COMMAND`; some have one of their own besides.

The only place in the package that reads the environment.
"""

import locale
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import click

from funcgemma.errors import SettingsError

PREFIX = "FUNCGEMMA_"
NO_MODEL = ("", "none")
"""Values of a setting that names a model where none is wanted."""

GIVEN = "funcgemma.settings"
"""Where click's context keeps what `--set` was given."""
LEAST = {"num_ctx": 512, "llm_timeout": 0.1, "http_timeout": 0.01, "max_false_action": 0}
"""Below these, nothing would work."""

SECRETS = ("openai_key",)
"""Settings that are never shown or handed to functions."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user can set. `origins` says where each value comes from."""

    language: str = "auto"
    home_location: str = ""
    data_dir: str = ""
    resolver: str = "auto"
    chat_model: str = "gemma3:4b"
    phrase: bool = True
    resolver_model: str = "functiongemma"
    generator_model: str = "qwen2.5:7b"
    ollama_url: str = "http://127.0.0.1:11434"
    openai_url: str = "http://127.0.0.1:8080/v1"
    openai_key: str = ""
    num_ctx: int = 4096
    llm_timeout: float = 60.0
    keep_alive: str = "10m"
    adapter: str = ""
    compact_declarations: bool = False
    max_false_action: float = 0.01
    http_timeout: float = 8.0
    offline: bool = False
    log: bool = False
    proxy: str = ""
    geocoding_url: str = ""
    forecast_url: str = ""
    wikipedia_url: str = ""
    wikivoyage_url: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def data_path(self) -> Path:
        """The folder of models, corrections, logs and the reminder store."""
        if self.data_dir:
            return Path(self.data_dir).expanduser()
        from platformdirs import user_data_path

        return user_data_path("funcgemma", appauthor=False)

    @property
    def spoken(self) -> str:
        """The language the program speaks: ja or en."""
        if self.language in ("ja", "en"):
            return self.language
        named = (
            os.environ.get("LC_ALL")
            or os.environ.get("LC_MESSAGES")
            or os.environ.get("LANG")
            or ""
        )
        name = named or locale.getlocale()[0] or ""
        return "en" if name.lower().startswith("en") else "ja"


def names() -> tuple[str, ...]:
    """The names of all settings."""
    return tuple(f.name for f in fields(Settings) if f.name != "origins")


def config_path() -> Path:
    """The user's config file."""
    given = os.environ.get(f"{PREFIX}CONFIG")
    if given:
        return Path(given)
    from platformdirs import user_config_path

    return user_config_path("funcgemma", appauthor=False) / "config.toml"


def load_settings(flags: Mapping[str, Any] | None = None) -> Settings:
    """Settings from flags, environment, file and defaults, in that order of strength.

    Raises:
        SettingsError: An unknown name or a value of the wrong type; says where it stands.
    """
    path = config_path()
    values: dict[str, Any] = {}
    origins = dict.fromkeys(names(), "default")
    for name, value in _from_file(path).items():
        values[name] = _typed(name, value, str(path))
        origins[name] = str(path)
    for name in names():
        if PREFIX + name.upper() in os.environ:
            values[name] = _typed(name, os.environ[PREFIX + name.upper()], PREFIX + name.upper())
            origins[name] = PREFIX + name.upper()
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        if "proxy" not in values and os.environ.get(name):
            values["proxy"], origins["proxy"] = os.environ[name], name
    for name, value in _given().items():
        values[name] = _typed(name, value, "--set")
        origins[name] = "--set"
    for name, value in (flags or {}).items():
        if value is not None:
            values[name] = _typed(name, value, f"--{name.replace('_', '-')}")
            origins[name] = f"--{name.replace('_', '-')}"
    return Settings(**values, origins=origins)


def _from_file(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}", "mend or remove the file") from error
    _check_names(data, str(path))
    return data


def _given() -> Mapping[str, str]:
    """What `--set` was given in the command line at hand."""
    context = click.get_current_context(silent=True)
    given: Mapping[str, str] = context.meta.get(GIVEN, {}) if context else {}
    _check_names(given, "--set")
    return given


def _check_names(data: Mapping[str, Any], origin: str) -> None:
    unknown = set(data) - set(names())
    if unknown:
        raise SettingsError(
            f"{origin}: unknown setting {sorted(unknown)[0]}", f"known: {', '.join(names())}"
        )


def _typed(name: str, value: Any, origin: str) -> Any:
    found = _converted(name, value, origin)
    if name in LEAST and not found >= LEAST[name]:  # not a number is less than nothing
        raise SettingsError(f"{origin}: {name} must be {LEAST[name]} or more, not {value!r}")
    if name == "max_false_action" and found > 1:
        raise SettingsError(f"{origin}: {name} is a share, 0 to 1, not {value!r}", "1 % is 0.01")
    return found


def _converted(name: str, value: Any, origin: str) -> Any:
    kind = type(next(f.default for f in fields(Settings) if f.name == name))
    if kind is bool and isinstance(value, str):
        if value.lower() in ("1", "true", "yes", "on"):
            return True
        if value.lower() in ("0", "false", "no", "off", ""):
            return False
    elif isinstance(value, kind):
        return value
    elif kind in (int, float) and not isinstance(value, bool):
        try:
            return kind(value)
        except (TypeError, ValueError):
            pass
    raise SettingsError(f"{origin}: {name} must be {kind.__name__}, not {value!r}")

"""`chinai config`."""

from __future__ import annotations

from dataclasses import asdict

import click

from chinai_tui import config
from chinai_tui.cli.output import json_option, write, write_json, write_table
from chinai_tui.paths import bundled_library, default_paths


@click.command("config")
@click.argument("name", required=False)
@click.argument("value", required=False)
@json_option
def command(name: str | None, value: str | None, as_json: bool) -> None:
    """Show the settings and folders; with NAME one setting, with VALUE set it.

    `proxy` is http://HOST:PORT, or `environment` for what HTTPS_PROXY, HTTP_PROXY and NO_PROXY say;
    empty, hosts are asked directly. A proxy looks up names by itself: then only addresses and names
    that are private as they stand are refused. `allowed_hosts`, with commas between them, are asked
    directly and may be private.
    """
    paths = default_paths()
    if name is not None and name not in config.settable():
        raise click.BadParameter(
            f"no such setting; there are {', '.join(config.settable())}", param_hint="NAME"
        )
    if name is not None and value is not None:
        settings = config.save(paths.settings, name, value)
    else:
        settings = config.load(paths.settings)
    values = asdict(settings)
    values["keys"] = dict(settings.keys)
    folders = {
        "data": str(paths.data),
        "config": str(paths.config),
        "cache": str(paths.cache),
        "library": str(bundled_library()),
    }
    if as_json:
        write_json("config", settings=values, folders=folders)
    elif name is not None:
        write(str(values[name]))
    else:
        shown = {**values, "keys": ", ".join(f"{k} = {v}" for k, v in settings.keys.items())}
        write_table([(key, str(each)) for key, each in (*shown.items(), *folders.items())])

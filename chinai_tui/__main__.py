"""`python -m chinai_tui` is the command `chinai`."""

from chinai_tui.cli import main

if __name__ == "__main__":
    main()

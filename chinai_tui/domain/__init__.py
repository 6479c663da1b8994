"""The words of the program: frozen records and pure functions over them, standard library only."""

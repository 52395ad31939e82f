"""An agenda as it is handed out: frozen, laid out, in words, as feeds."""

"""The doors: browser, API and command line. They parse, call one verb, and answer."""

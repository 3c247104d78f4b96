#!/bin/sh
# Print the newest Python on the PATH, 3.11 or newer, that can make a virtual environment.
# PYTHON=/path/to/python3 in the environment is tried first.
usable='import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))'
recent='import sys; sys.exit(sys.version_info < (3, 11))'

without_venv=
for candidate in $PYTHON python3.14 python3.13 python3.12 python3.11 python3; do
    if "$candidate" -c "$usable" >/dev/null 2>&1; then
        "$candidate" -c 'import sys; print(sys.executable)'
        exit 0
    fi
    if "$candidate" -c "$recent" >/dev/null 2>&1; then
        without_venv=yes
    fi
done

if [ -n "$without_venv" ]; then
    echo "Python is here, but it cannot make a virtual environment. On Debian or Ubuntu:" >&2
    echo "    sudo apt-get install python3-venv" >&2
else
    echo "Python 3.11 or newer is needed. On Debian or Ubuntu:" >&2
    echo "    sudo apt-get install python3 python3-venv" >&2
fi
exit 1

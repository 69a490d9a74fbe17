// Pages for paper.

import "./_printing.js";

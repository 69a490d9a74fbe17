// The page of drafts: what this browser holds and the server does not have yet is brought there first.

import { deliver, forgetWithButtons, settle } from "./_drafts.js";

const { member } = document.querySelector("[data-drafts-page]").dataset;
settle();
forgetWithButtons(member);
if ((await deliver(member)).length) location.reload();

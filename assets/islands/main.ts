import "htmx.org";
import "./drop-files.ts";
import "./find-palette.ts";
import "./key-map.ts";
import "./note-box.ts";
import "./passkey-form.ts";
import "./pick-rows.ts";
import "./sign-out.ts";

import { adapterContract } from "../../contract/contract.js";
import { webHarness } from "./harness.js";

adapterContract("workbench, Slack flavour", () => webHarness("slack"));
adapterContract("workbench, Teams flavour", () => webHarness("teams"));

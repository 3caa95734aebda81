import { adapterContract } from "../../contract/contract.js";
import { teamsHarness } from "./harness.js";

adapterContract("teams", teamsHarness);

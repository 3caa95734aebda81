import type { RequestKind } from "../store/request-tables.js";
import { COMMON } from "./kinds/common.js";
import { mla, video_testimony } from "./kinds/judicial.js";
import { extradition, transfer_sentenced } from "./kinds/persons.js";
import { border_channel, police } from "./kinds/police.js";
import { readmission, stay, witness_protection } from "./kinds/protection.js";
import { type FieldRow, type KindRow, STEPS } from "./kinds/row.js";
import { joint_investigation, special_technique } from "./kinds/safety.js";
import { vessel } from "./kinds/sea.js";

/**
 * What is asked for in each kind of request: its fields in the order of the treaty, who may answer at once, when it may go
 * first and its paper follow. Each field says where it comes from and whether that was read; one without a source is
 * Coord's own. (UNTOC: A/RES/55/25 annex I; Protocol: its annex III.)
 */
export const KINDS: Readonly<Record<RequestKind, KindRow>> = {
  ...{ police, mla, video_testimony, extradition, vessel, transfer_sentenced },
  ...{ joint_investigation, special_technique, stay, border_channel, readmission, witness_protection },
};

/** In the order in which they are offered. */
export const KIND_NAMES = Object.keys(KINDS) as RequestKind[];

/** In the order in which they are asked. */
export const fieldsOf = (kind: RequestKind): readonly FieldRow[] =>
  STEPS.flatMap((step) => [...COMMON, ...KINDS[kind].fields].filter((field) => field.step === step));

export const fieldOf = (kind: RequestKind, id: string): FieldRow | undefined =>
  fieldsOf(kind).find((field) => field.id === id);

import type * as en from "../en/conversations.js";
import { text, type Words } from "./elision.js";

/** French for conversations bound to agencies and who reads them. */

export const places: Words<typeof en.places> = {
  title: (p) => text`La conversation de cet organisme : ${p.agency}`,
  shows: (p) =>
    p.ceiling === "CLEAR"
      ? text`Conversation ${p.platform} de cet organisme (${p.agency}) : seuls les textes TLP:CLEAR y sont affichés ; les fiches n’y gardent que référence, organismes, dates et état.`
      : text`Conversation ${p.platform} de cet organisme (${p.agency}) : les textes y sont affichés jusqu’au niveau TLP:${p.ceiling}.`,
  because: (p) => {
    switch (p.reason) {
      case "not_asked":
        return text`${p.platform} n’a pas encore indiqué qui la lit.`;
      case "asking":
        return text`Un changement y a eu lieu et ${p.platform} est en train d’être interrogé sur ses lecteurs.`;
      case "no_answer":
        return text`Depuis deux jours, ${p.platform} n’indique pas qui la lit ; des personnes extérieures le peuvent donc.`;
      case "shared":
        return text`Une autre organisation la partage et la lit.`;
      case "invited":
        return text`Une autre organisation y est invitée et peut la rejoindre à tout moment.`;
      case "guests":
        return text`Des invités la lisent.`;
      case "other_tenant":
        return text`Des personnes d’une autre organisation la lisent.`;
      case "shared_kind":
        return text`C’est un canal partagé, dont les lecteurs peuvent relever d’autres équipes et organisations.`;
      case "workspaces":
        return text`Des espaces de travail où cet organe ne connaît personne la lisent.`;
      case "scope":
        return text`Coord n’a pas le droit de demander à ${p.platform} qui la lit${p.scope ? ` (scope ${p.scope})` : ""} : la commande coord doctor indique à qui exploite Coord ce qu’il faut faire.`;
      case "archived":
        return text`Elle est archivée.`;
      case "no_access":
        return text`${p.platform} ne laisse pas Coord voir qui la lit. Vérifiez que Coord en est toujours membre.`;
      case "too_many":
        return text`Ses lecteurs sont trop nombreux pour être examinés un à un.`;
      case "unsupported":
        return text`${p.platform} ne peut pas être interrogé sur ses lecteurs.`;
      default:
        return text`${p.platform} n’indique pas clairement qui la lit.`;
    }
  },
  lost: (p) =>
    text`Plus rien ne parvient à la conversation ${p.platform} de cet organisme (${p.agency}) : ${p.archived ? "elle est archivée" : "Coord n’en est plus membre, ou n’a pas le droit de la voir"}. Ses avis parviennent aux points focaux en attendant. ${p.archived ? "Désarchivez-la" : "Ajoutez-y Coord de nouveau"}, puis tapez-y : channel again. Ou rattachez-en une autre.`,
  left: (p) =>
    text`Coord a été retiré de la conversation ${p.platform} de cet organisme (${p.agency}). Ses avis parviennent en attendant aux personnes concernées. Pour les recevoir de nouveau dans une conversation, ajoutez-y Coord et tapez-y : bind @${p.handle}`,
  lowered: text`Le niveau a été abaissé à la main ; channel tlp:green lui rend ce qu’elle peut afficher.`,
  ownPeople: (p) => text`Selon ${p.platform}, personne d’extérieur ne la lit.`,
  asked: (p) =>
    text`Dernière vérification : ${p.when}. Elle est renouvelée chaque jour et dès que quelqu’un arrive ou part.`,
  askedAgain: (p) =>
    text`La question de savoir qui la lit est de nouveau posée à ${p.platform}. Si ce qu’elle peut afficher change, les points focaux en sont informés.`,
  buttons: {
    open: "Qui la lit",
    again: "Vérifier de nouveau",
    lower: "N’afficher que TLP:CLEAR",
    raise: "Afficher jusqu’à TLP:GREEN",
  },
};

export const placeArgs: Words<typeof en.placeArgs> = {
  ceiling: "Niveau le plus élevé affiché",
  askAgain: "Interroger de nouveau la plateforme",
};

export const placeErrors: Words<typeof en.placeErrors> = {
  notBound: text`Cette conversation n’est rattachée à aucun organisme. Son point focal la rattache en tapant : bind @labour`,
  ceilingTooHigh: (p) =>
    text`Une conversation affiche les textes jusqu’au niveau TLP:GREEN au plus ; TLP:${p.label} s’ouvre dans une boîte de dialogue. Tapez : channel tlp:green`,
  ceilingHeld: (p) =>
    text`Elle ne peut rien afficher au-delà de TLP:CLEAR. ${p.why} Pour renouveler la vérification, tapez : channel again`,
};

export const placeCommands: Words<typeof en.placeCommands> = {
  channel: "Qui lit cette conversation et jusqu’à quel niveau les textes y sont affichés",
};

import { randomUUID } from "node:crypto";
import { createTransport } from "nodemailer";
import {
  type Block,
  type Deliverer,
  type Delivery,
  DeliveryError,
  type Message,
  type MessageRef,
  plain,
} from "../../src/chat/index.js";

/**
 * Mail goes out only, to people on neither platform. The core makes these messages without words of people
 * (`Reader.wordless`): references, agencies, dates and states; a mailbox is nobody's safe place.
 */
export function createMailAdapter(options: { smtpUrl: string; from: string }): Deliverer & { close(): void } {
  const transport = createTransport(
    { url: options.smtpUrl, connectionTimeout: 10_000, socketTimeout: 20_000 },
    { from: options.from },
  );
  return {
    platform: "mail",
    sender: options.from,
    async deliver(delivery: Delivery): Promise<MessageRef> {
      if (delivery.kind === "update") return delivery.ref;
      if (!("person" in delivery.to)) throw DeliveryError.permanent("refused", "mail has no conversations");
      const { person } = delivery.to;
      const id = `<${randomUUID()}@coord>`;
      try {
        await transport.sendMail({
          to: person.user,
          subject: "Coord",
          text: plainText(delivery.message),
          messageId: id,
          attachments: delivery.message.files?.map(({ name, type, text }) => ({
            filename: name,
            contentType: type,
            content: text,
          })),
        });
      } catch (error) {
        throw translate(error);
      }
      return { conversation: { platform: "mail", tenant: person.tenant, id: person.user, kind: "personal" }, id };
    },
    close: () => transport.close(),
  };
}

/** RFC 5321 4.2.1: 5yz is permanent, 4yz passes. The server's words may quote an address and are left out. */
function translate(error: unknown): DeliveryError {
  const code = (error as { responseCode?: number }).responseCode;
  return code !== undefined && code >= 500
    ? DeliveryError.permanent(code === 552 ? "too_large" : "account_gone", `smtp ${code}`)
    : DeliveryError.passing(`smtp ${code ?? "no answer"}`);
}

const plainText = (message: Message): string => message.blocks.map(lineOf).filter(Boolean).join("\n") || message.text;

/** Buttons are left out: there is nothing to press in a mail. */
function lineOf(block: Block): string {
  switch (block.type) {
    case "heading":
      return block.text;
    case "text":
    case "context":
      return plain(block.text);
    case "facts":
      return block.facts.map(({ label, value }) => `${label}: ${plain(value)}`).join("\n");
    case "list":
      return block.items
        .map(({ title, detail }) => `- ${plain(title)}${detail ? `: ${plain(detail)}` : ""}`)
        .join("\n");
    case "quote":
      return block.by ? `${block.text} (${block.by})` : block.text;
    case "image":
      return block.alt;
    case "divider":
    case "actions":
      return "";
  }
}

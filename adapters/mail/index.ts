import { randomUUID } from "node:crypto";
import { createTransport } from "nodemailer";
import { type Deliverer, type Delivery, DeliveryError, type MessageRef } from "../../src/chat/index.js";

/**
 * Mail goes out only, to people on neither platform. It carries the one line that a notification would carry,
 * never the blocks: a mailbox is nobody's safe place.
 */
export function createMailAdapter(options: { smtpUrl: string; from: string }): Deliverer & { close(): void } {
  const transport = createTransport(
    { url: options.smtpUrl, connectionTimeout: 10_000, socketTimeout: 20_000 },
    { from: options.from },
  );
  return {
    platform: "mail",
    async deliver(delivery: Delivery): Promise<MessageRef> {
      if (delivery.kind === "update") return delivery.ref;
      if (!("person" in delivery.to)) throw DeliveryError.permanent("refused", "mail has no conversations");
      const { person } = delivery.to;
      const id = `<${randomUUID()}@coord>`;
      try {
        await transport.sendMail({ to: person.user, subject: "Coord", text: delivery.message.text, messageId: id });
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

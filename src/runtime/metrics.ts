import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** What Prometheus reads at /metrics: figures about the machine's work, none about what agencies do with one another. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    inbound: new Counter({
      name: "coord_inbound_total",
      help: "Deliveries received",
      labelNames: ["type", "outcome"],
      registers,
    }),
    shed: new Counter({ name: "coord_shed_total", help: "Requests told that the house is full", registers }),
    requests: new Gauge({
      name: "coord_requests",
      help: "Requests worked on (inside) and standing in line (line)",
      labelNames: ["place"],
      registers,
    }),
    limited: new Counter({
      name: "coord_limited_total",
      help: "Requests that came too often, by what they were",
      labelNames: ["what"],
      registers,
    }),
    answer: new Histogram({
      name: "coord_answer_seconds",
      help: "From the delivery to the commit",
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
      registers,
    }),
    delivery: new Counter({
      name: "coord_deliveries_total",
      help: "Messages out by outcome",
      labelNames: ["outcome"],
      registers,
    }),
    deliverySeconds: new Histogram({
      name: "coord_delivery_seconds",
      help: "From the claim of a message to its mark",
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10],
      registers,
    }),
    reminderLateness: new Histogram({
      name: "coord_reminder_lateness_seconds",
      help: "How long after its moment a reminder step fired",
      buckets: [0.1, 0.5, 1, 2, 10, 60, 300, 3_600],
      registers,
    }),
    acknowledged: new Histogram({
      name: "coord_acknowledged_seconds",
      help: "From a message's delivery to its reader's first click",
      buckets: [10, 60, 300, 900, 3_600, 14_400, 86_400],
      registers,
    }),
    heartbeat: new Gauge({
      name: "coord_heartbeat_timestamp_seconds",
      help: "The last tick that found no reminder over five minutes late",
      registers,
    }),
    stepsOverdue: new Gauge({
      name: "coord_reminder_steps_overdue",
      help: "Steps over five minutes late and not fired",
      registers,
    }),
    outbox: new Gauge({ name: "coord_outbox", help: "Messages out by state", labelNames: ["state"], registers }),
    queue: new Gauge({
      name: "coord_queue_jobs",
      help: "Jobs in the queue",
      labelNames: ["queue", "state"],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;

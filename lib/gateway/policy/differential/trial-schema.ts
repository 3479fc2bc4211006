/**
 * A schema of the shape the gateway publishes – agents using tools, models and hosts – that also has every type
 * of the language, two namespaces, tags, an enumerated type and nested action groups. Only for trying the engine.
 */
export const TRIAL_SCHEMA = `
type Budget = { tokens: Long, cost?: decimal, window: duration };

entity AgentGroup in [AgentGroup] { level: Long, managed?: Bool };
entity User in [AgentGroup] { email: String, clearance: Long, manager?: User } tags String;
entity Agent in [AgentGroup] {
  name: String,
  owner: User,
  budget: Budget,
  level: Long,
  home?: ipaddr,
  labels: Set<String>,
  created: datetime,
  isRetired?: Bool,
} tags Set<String>;
entity ToolSet in [ToolSet];
entity Tool in [ToolSet] {
  risk: Long,
  owner?: User,
  allowedFrom: Set<ipaddr>,
  price: decimal,
  peers: Set<Tool>,
  limits?: { perHour: Long, burst?: Long, cool?: duration },
} tags Long;
entity Region enum ["eu", "us", "none"];
entity Endpoint in [ToolSet] { region: Region, address: ipaddr, certified?: datetime, seal: Long };

type Common = {
  hour: Long,
  now: datetime,
  source: ipaddr,
  session: { id: String, tainted: Bool, maxClass?: Long, opened: datetime },
  approvals: Set<User>,
  cost?: decimal,
  isBreakGlass?: Bool,
};

action reading;
action acting in [reading];
action "chat", "embed" in [reading] appliesTo { principal: [Agent, User], resource: [Endpoint], context: Common };
action execute_tool in [acting] appliesTo {
  principal: Agent,
  resource: Tool,
  context: {
    hour: Long,
    now: datetime,
    arguments: { path?: String, amount?: Long, recipients: Set<String> },
    calls: Long,
    elapsed: duration,
    approvals: Set<User>,
  },
};
action "connect now" in [acting] appliesTo { principal: [Agent], resource: [Net::Host, Endpoint], context: Common };

namespace Net {
  entity Zone in [Zone];
  entity Host in [Zone] { address: ipaddr, ports: Set<Long>, names?: Set<String>, trust: decimal } tags String;
  action ping appliesTo { principal: [Agent, User], resource: Host, context: { ttl: Long, from?: ipaddr } };
}
`;

using Keepalived.Netlink.Wire;

namespace Keepalived.Netlink.Testing;

/// <summary>Answers a request. It may answer at once, later, out of turn or not at all.</summary>
/// <param name="request">The request, valid during the call only.</param>
/// <param name="reply">Where the answer goes. It may be kept and used later.</param>
public delegate void ScriptedKernelHandler(in NetlinkMessage request, ScriptedReply reply);

namespace Keepalived.Netlink.Wire;

/// <summary>The flags of a netlink message (NLM_F_* of linux/netlink.h). The meaning of bits 8 to 11 depends on the message type.</summary>
#pragma warning disable CA1069 // The kernel gives the upper bits several meanings.
[Flags]
public enum NetlinkMessageFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>A request (NLM_F_REQUEST): the kernel ignores messages without it.</summary>
    Request = 0x1,

    /// <summary>Part of a multipart answer, which NLMSG_DONE ends (NLM_F_MULTI).</summary>
    Multi = 0x2,

    /// <summary>Answer with an acknowledgement, also on success (NLM_F_ACK).</summary>
    Acknowledge = 0x4,

    /// <summary>Send the notification of the change to the requester too (NLM_F_ECHO).</summary>
    Echo = 0x8,

    /// <summary>The table changed while it was dumped: the dump may miss or repeat entries (NLM_F_DUMP_INTR).</summary>
    DumpInterrupted = 0x10,

    /// <summary>The dump was filtered as the request asked (NLM_F_DUMP_FILTERED).</summary>
    DumpFiltered = 0x20,

    /// <summary>GET: the whole table (NLM_F_DUMP).</summary>
    Dump = 0x300,

    /// <summary>NEW: replace what exists (NLM_F_REPLACE).</summary>
    Replace = 0x100,

    /// <summary>NEW: fail with EEXIST if it exists (NLM_F_EXCL).</summary>
    Exclusive = 0x200,

    /// <summary>NEW: create it if it does not exist (NLM_F_CREATE).</summary>
    Create = 0x400,

    /// <summary>NEW: add to the end of the list (NLM_F_APPEND).</summary>
    Append = 0x800,

    /// <summary>NLMSG_ERROR: the offending request is not repeated after its header (NLM_F_CAPPED).</summary>
    Capped = 0x100,

    /// <summary>NLMSG_ERROR and NLMSG_DONE: extended-acknowledgement attributes follow (NLM_F_ACK_TLVS).</summary>
    AcknowledgeAttributes = 0x200,
}
#pragma warning restore CA1069

namespace Keepalived.BfdEndToEnd;

/// <summary>Whose BFD.</summary>
internal enum Implementation
{
    /// <summary>The distribution's keepalived.</summary>
    Real,

    /// <summary>The distribution's BIRD.</summary>
    Bird,

    /// <summary>This library.</summary>
    Ours,
}

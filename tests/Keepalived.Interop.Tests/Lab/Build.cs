namespace Keepalived.Interop.Tests.Lab;

/// <summary>Whose keepalived a station runs.</summary>
public enum Build
{
    /// <summary>This repository's.</summary>
    Ours,

    /// <summary>The keepalived of the distribution.</summary>
    Real,
}

using System.Globalization;

namespace Keepalived.Ipvs;

/// <summary>How long and by what a client keeps the destination it was given.</summary>
public sealed record IpvsPersistence
{
    /// <summary>The longest name of an engine, in bytes (IP_VS_PENAME_MAXLEN).</summary>
    public const int MaxEngineNameLength = 16;

    /// <summary>The longest <see cref="Timeout"/>: 31 days, as in ipvsadm and keepalived.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(31);

    /// <summary>How long after the last connection. Whole seconds, 1 to <see cref="MaxTimeout"/>; 360 unless told otherwise.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(360);

    /// <summary>How much of the client's address counts.</summary>
    public IpvsGranularity Granularity { get; init; }

    /// <summary>
    /// The engine that finds the client in the packet's content, such as <c>sip</c> (module <c>ip_vs_pe_sip</c>); null for the address.
    /// </summary>
    public string? Engine { get; init; }

    /// <summary>As ipvsadm writes it.</summary>
    public override string ToString()
    {
        var mask = Granularity == IpvsGranularity.Host ? "" : $" mask {Granularity}";
        var engine = Engine is null ? "" : $" pe {Engine}";
        return string.Create(CultureInfo.InvariantCulture, $"persistent {Timeout.TotalSeconds}{mask}{engine}");
    }
}

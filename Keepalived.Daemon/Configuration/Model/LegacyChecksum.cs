namespace Keepalived.Daemon.Configuration.Model;

/// <summary>Whether unicast adverts carry the checksum of keepalived before 1.3.6 (<c>old_unicast_checksum</c>).</summary>
public enum LegacyChecksum
{
    /// <summary>Found out from the first advert received.</summary>
    Detect = 0,

    /// <summary>The old checksum.</summary>
    Always,

    /// <summary>The right checksum only.</summary>
    Never,
}

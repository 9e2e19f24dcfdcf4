using System.Globalization;
using Keepalived.Bfd.Wire;
using Keepalived.Daemon.Configuration.Model;
using BfdAuthenticationType = Keepalived.Daemon.Configuration.Model.BfdAuthenticationType;

namespace Keepalived.Daemon.Status;

/// <summary>Parts of BFD in the words that dumps have for them.</summary>
internal static class BfdText
{
    /// <summary>The name of a diagnostic (RFC 5880 section 4.1).</summary>
    public static string Diagnostic(BfdDiagnostic diagnostic) => diagnostic switch
    {
        BfdDiagnostic.None => "No Diagnostic",
        BfdDiagnostic.ControlDetectionTimeExpired => "Control Detection Time Expired",
        BfdDiagnostic.EchoFunctionFailed => "Echo Function Failed",
        BfdDiagnostic.NeighborSignaledSessionDown => "Neighbor Signaled Session Down",
        BfdDiagnostic.ForwardingPlaneReset => "Forwarding Plane Reset",
        BfdDiagnostic.PathDown => "Path Down",
        BfdDiagnostic.ConcatenatedPathDown => "Concatenated Path Down",
        BfdDiagnostic.AdministrativelyDown => "Administratively Down",
        BfdDiagnostic.ReverseConcatenatedPathDown => "Reverse Concatenated Path Down",
        _ => string.Create(CultureInfo.InvariantCulture, $"Reserved ({(int)diagnostic})"),
    };

    /// <summary>An interval in the unit of the wire.</summary>
    public static string Interval(TimeSpan interval) => string.Create(CultureInfo.InvariantCulture, $"{(long)interval.TotalMicroseconds} us");

    /// <summary>A time measured in ns; "never" if nothing was measured.</summary>
    public static string Measured(long nanoseconds) =>
        nanoseconds < 0 ? "never" : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000.0:0.0} us");

    /// <summary>Types and numbers of keys, never the keys.</summary>
    public static string Keys(BfdAuthenticationConfiguration authentication) => string.Join(
        ", ",
        authentication.Keys.Select(key => string.Create(
            CultureInfo.InvariantCulture, $"{Type(key.Type)} key {key.Id}{(key.Id == authentication.ActiveKey ? " (signs)" : "")}")));

    private static string Type(BfdAuthenticationType type) => type switch
    {
        BfdAuthenticationType.SimplePassword => "simple_password",
        BfdAuthenticationType.KeyedMd5 => "keyed_md5",
        BfdAuthenticationType.MeticulousKeyedMd5 => "meticulous_keyed_md5",
        BfdAuthenticationType.KeyedSha1 => "keyed_sha1",
        _ => "meticulous_keyed_sha1",
    };
}

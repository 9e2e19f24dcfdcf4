using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using static Keepalived.Daemon.Configuration.Keywords.VrrpInstanceKeywords;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Passwords, authentication headers, keyed hashes.</summary>
internal sealed partial class VrrpInstanceCompletion
{
    private AuthenticationConfiguration? Authenticate(BlockValues values, int version, AddressFamily family, bool strict, bool hasHmac)
    {
        if (values.Get(Authentication) is not { } block)
            return null;
        var place = values.LocationOf(Authentication);
        var type = block.Get(AuthenticationKeywords.Type);
        if (type == AuthenticationType.None)
        {
            // No fault to the original either.
            Remark(place, DiagnosticCodes.MissingKeyword, "authentication has no auth_type; it is left out");
            return null;
        }

        string? why = block.Get(AuthenticationKeywords.Password) is null ? "there is no auth_pass"
            : hasHmac ? "auth_hmac is there"
            : version == 3 ? "version 3 has no authentication"
            : strict ? "strict mode has no authentication"
            : type == AuthenticationType.AuthenticationHeader && family == AddressFamily.InterNetworkV6 ? "AH is for IPv4 only" : null;
        if (why is not null)
        {
            Error(place, DiagnosticCodes.Conflict, $"{why}; authentication is left out");
            return null;
        }

        return new AuthenticationConfiguration { Type = type, Password = block.Get(AuthenticationKeywords.Password)! };
    }

    private AuthHmacConfiguration? AuthenticateByHmac(BlockValues values, bool strict)
    {
        if (values.Get(AuthHmac) is not { } block)
            return null;
        var place = values.LocationOf(AuthHmac);
        var keys = block.Get(AuthHmacKeywords.Key) ?? [];
        if (keys.Count == 0)
        {
            Error(place, DiagnosticCodes.MissingKeyword, "auth_hmac has no usable key; it is left out", "key ID VALUE");
            return null;
        }

        var active = block.Get(AuthHmacKeywords.ActiveKey);
        if (!keys.Exists(key => key.Id == active))
        {
            var (code, what) = block.Has(AuthHmacKeywords.ActiveKey)
                ? (DiagnosticCodes.UnknownName, $"key {active} to be active")
                : (DiagnosticCodes.MissingKeyword, "active_key");
            Error(block.LocationOf(AuthHmacKeywords.ActiveKey), code, $"auth_hmac has no {what}; it is left out", "the number of a key");
            return null;
        }

        var mode = block.Get(AuthHmacKeywords.Mode);
        if (strict && mode != HmacMode.Enforce)
        {
            Error(
                block.LocationOf(AuthHmacKeywords.Mode), DiagnosticCodes.Conflict,
                "strict: auth_hmac has no mode but enforce; it is used");
            mode = HmacMode.Enforce;
        }

        var replay = block.Get(AuthHmacKeywords.AntiReplay);
        var hasWindow = block.Has(AuthHmacKeywords.TimeWindow);
        if (hasWindow && replay == AntiReplay.Monotonic)
        {
            Remark(
                block.LocationOf(AuthHmacKeywords.TimeWindow), DiagnosticCodes.Conflict,
                "time_window means nothing with anti_replay monotonic");
        }

        return new AuthHmacConfiguration
        {
            Keys = EquatableArray.From(keys),
            ActiveKey = active,
            Mode = mode,
            AntiReplay = replay,
            TimeWindow = hasWindow ? TimeSpan.FromSeconds(block.Get(AuthHmacKeywords.TimeWindow)) : null,
        };
    }
}

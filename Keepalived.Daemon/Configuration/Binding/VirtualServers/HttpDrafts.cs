using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords.Checks;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;
using Keepalived.Daemon.Configuration.Values;

namespace Keepalived.Daemon.Configuration.Binding.VirtualServers;

/// <summary>Makes HTTP checks and their pages of what their blocks say.</summary>
internal static class HttpDrafts
{
    private static readonly string[] RegexOptions =
    [
        "allow_empty_class", "alt_bsux", "auto_callout", "caseless", "dollar_endonly", "dotall", "dupnames", "extended", "firstline",
        "match_unset_backref", "multiline", "never_ucp", "never_utf", "no_auto_capture", "no_auto_possess", "no_dotstar_anchor",
        "no_start_optimize", "ucp", "ungreedy", "utf", "never_backslash_c", "alt_circumflex", "alt_verbnames", "use_offset_limit",
    ];

    public static CheckDraft? Check(ValueReader reader, BlockValues values, bool isTls)
    {
        var compliant = values.Get(HttpKeywords.TlsCompliant);
        var name = values.Get(HttpKeywords.SniName) is [var given, ..] ? given : null;
        var urls = values.Get(HttpKeywords.Url) ?? [];
        var check = CheckDrafts.Connecting(reader, values, HttpKeywords.Connection, new HttpCheckConfiguration
        {
            IsTls = isTls,
            Protocol = values.Get(HttpKeywords.Protocol),
            VirtualHost = values.Get(HttpKeywords.VirtualHost),
            SendsServerName = values.Get(HttpKeywords.EnableSni) || values.Has(HttpKeywords.SniName),
            FastRecovery = values.Get(HttpKeywords.FastRecovery),
            TlsCompliant = compliant,
            VerifiesCertificate = values.Get(HttpKeywords.VerifyCertificate),
            Urls = EquatableArray.From(urls.Select(url => url with
            {
                ServerName = name,
                TlsCompliant = url.TlsCompliant || compliant,
            })),
        });
        if (urls.Count > 0 || values.Has(HttpKeywords.Url))
            return urls.Count > 0 ? check : null;
        CheckDrafts.Require(reader, values, HttpKeywords.Url);
        return null;
    }

    public static HttpUrlConfiguration? Url(ValueReader reader, BlockValues values)
    {
        if (values.Get(UrlKeywords.Path) is not { } path)
        {
            CheckDrafts.Require(reader, values, UrlKeywords.Path);
            return null;
        }

        var codes = values.Get(UrlKeywords.StatusCode);
        return new HttpUrlConfiguration
        {
            Path = path,
            Host = values.Get(UrlKeywords.VirtualHost),
            Digest = values.Get(UrlKeywords.Digest),
            StatusCodes = codes is null ? HttpUrlConfiguration.StandardStatusCodes : EquatableArray.From(codes),
            Regex = Regex(reader, values),
            TlsCompliant = values.Get(UrlKeywords.TlsCompliant),
            Position = values.Location,
        };
    }

    /// <summary>Gives each page the host and the name in the handshake that it has in the end.</summary>
    public static HttpCheckConfiguration Inherit(HttpCheckConfiguration check, string? server, string? service) => check with
    {
        Urls = EquatableArray.From(check.Urls.Select(url => url with
        {
            Host = url.Host ?? check.VirtualHost ?? server ?? service,
            // The real server's virtualhost is not asked, as in the original.
            ServerName = !check.IsTls || !(check.SendsServerName || check.VerifiesCertificate) ? null : url.ServerName ?? url.Host ?? check.VirtualHost ?? service,
        })),
    };

    private static HttpRegexConfiguration? Regex(ValueReader reader, BlockValues values)
    {
        var options = values.Get(UrlKeywords.RegexOptions) ?? [];
        if (values.Get(UrlKeywords.Regex) is not { } pattern)
        {
            if (options.Length > 0 || values.Has(UrlKeywords.RegexNoMatch) || values.Has(UrlKeywords.RegexMinOffset)
                || values.Has(UrlKeywords.RegexMaxOffset))
                reader.Context.Remark(values.Location, DiagnosticCodes.MissingKeyword, "url: options of a regex, and no regex; they are ignored");
            return null;
        }

        foreach (var option in options)
        {
            if (Array.IndexOf(RegexOptions, option) < 0)
                reader.Context.Remark(
                    values.LocationOf(UrlKeywords.RegexOptions), DiagnosticCodes.UnknownOption, $"regex_options: unknown word '{option}'");
        }

        var min = values.Get(UrlKeywords.RegexMinOffset);
        var max = values.Find(UrlKeywords.RegexMaxOffset);
        if (max < min)
        {
            reader.Context.Remark(values.LocationOf(UrlKeywords.RegexMaxOffset), DiagnosticCodes.Conflict,
                $"regex_max_offset {max} is less than regex_min_offset {min}; both are ignored");
            (min, max) = (0, null);
        }

        options = Array.FindAll(options, static option => Array.IndexOf(RegexOptions, option) >= 0);
        if (reader.Context.Patterns.WhyNot(pattern, options) is { } problem)
        {
            // To the original's test nothing is wrong; its start leaves the regex out.
            reader.Context.Remark(
                values.LocationOf(UrlKeywords.Regex), DiagnosticCodes.InvalidValue, $"regex: {problem}; the regex is left out, and the page is checked without it");
            return null;
        }

        return new HttpRegexConfiguration
        {
            Pattern = pattern,
            Options = EquatableArray.Create<string>(options),
            Negate = values.Get(UrlKeywords.RegexNoMatch),
            MinOffset = min,
            MaxOffset = max,
        };
    }
}

using Keepalived.Checkers.Connections;

namespace Keepalived.Checkers.Smtp;

/// <summary>What an <see cref="SmtpChecker"/> asks, and whom.</summary>
public sealed record SmtpCheckerOptions
{
    /// <summary>The name that is given when nothing is said.</summary>
    public const string DefaultHeloName = "smtpchecker.keepalived.org";

    /// <summary>Where the server is.</summary>
    public required ConnectionOptions Connection { get; init; }

    /// <summary>The name to introduce ourselves with (<c>helo_name</c>): printable ASCII without blanks, at most 255 characters.</summary>
    public string HeloName { get; init; } = DefaultHeloName;

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Connection);
        Connection.Validate();
        if (HeloName is null or { Length: 0 or > 255 } || HeloName.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException($"'{HeloName}' is no name for HELO.");
    }
}

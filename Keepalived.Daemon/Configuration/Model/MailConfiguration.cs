namespace Keepalived.Daemon.Configuration.Model;

/// <summary>How events are mailed.</summary>
public sealed record MailConfiguration
{
    /// <summary>No mail at all.</summary>
    public static MailConfiguration None { get; } = new();

    /// <summary><c>smtp_server</c>: a host or an address; no mail if null.</summary>
    public string? Server { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; } = 25;

    /// <summary><c>smtp_connect_timeout</c>: how long connecting, and each reply, may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>smtp_helo_name</c>; the host's name if null.</summary>
    public string? HeloName { get; init; }

    /// <summary><c>notification_email_from</c>; user@host if null.</summary>
    public string? From { get; init; }

    /// <summary><c>notification_email</c></summary>
    public EquatableArray<string> Recipients { get; init; }

    /// <summary><c>router_id</c>, which subjects begin with; the host's name if null.</summary>
    public string? RouterId { get; init; }

    /// <summary><c>no_email_faults</c>: no mail says that an instance or a group is in FAULT.</summary>
    public bool NoFaults { get; init; }

    /// <summary><c>smtp_alert_checker</c>, else <c>smtp_alert</c>: whether checkers mail where servers do not say; null if neither says.</summary>
    public bool? CheckerAlert { get; init; }

    /// <summary><c>no_checker_emails</c>: whether a check is mailed only when its real server comes up or goes down with it.</summary>
    public bool OnlyServers { get; init; }

    /// <summary>Whether there is a server and a recipient.</summary>
    public bool IsUsable => Server is not null && !Recipients.IsEmpty;
}

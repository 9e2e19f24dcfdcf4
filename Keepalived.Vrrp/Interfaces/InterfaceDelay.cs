namespace Keepalived.Vrrp.Interfaces;

/// <summary>
/// For how long an interface must be down or up to count as such (interface_up_down_delays). Its first coming up counts at once, and so
/// does its end.
/// </summary>
/// <param name="Interface">Its name.</param>
/// <param name="Down">
/// Before it counts as down, 0-255 s. Each of its routers limits it: a backup must not have taken over meanwhile.
/// </param>
/// <param name="Up">Before it counts as up, 0-255 s.</param>
public sealed record InterfaceDelay(string Interface, TimeSpan Down, TimeSpan Up)
{
    /// <summary>The longest delay.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(255);
}

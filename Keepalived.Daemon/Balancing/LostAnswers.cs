using Keepalived.Netlink;

namespace Keepalived.Daemon.Balancing;

/// <summary>
/// What is asked again when the kernel's answer was lost, because it is not known whether it was done: requests that may come twice.
/// </summary>
internal static class LostAnswers
{
    private const int MaxAttempts = 3;

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="request">Looks at what there is, or does what may be done twice.</param>
    /// <exception cref="NetlinkException">The kernel refuses it, or its answers are lost again and again.</exception>
    public static async Task AskAgainAsync(Func<Task> request)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await request().ConfigureAwait(true);
                return;
            }
            catch (NetlinkException e) when (e.IsOutcomeUnknown && attempt < MaxAttempts)
            {
                // Once more.
            }
        }
    }
}

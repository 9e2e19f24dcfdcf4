using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Status;

namespace Keepalived.Daemon.Processes;

/// <summary>
/// What a child process does, between its start and its end. All methods run on the loop of the <see cref="ChildContext"/>, whose
/// synchronization context brings awaits back to it; only one is in progress at a time.
/// </summary>
internal interface IRole : IDisposable
{
    /// <summary>Begins to work. Completes when the configuration is applied and the work runs.</summary>
    /// <exception cref="RoleFailure">It cannot.</exception>
    ValueTask StartAsync(ChildContext context, ConfigurationResult configuration);

    /// <summary>Goes over to another configuration, and leaves alone what did not change.</summary>
    /// <exception cref="RoleFailure">It cannot; the old configuration goes on.</exception>
    ValueTask ReloadAsync(ConfigurationResult configuration);

    /// <summary>
    /// Configuration and state, for people. What there is to say is collected by this, on the loop; its text is made by the result, on
    /// whatever thread. Null if there is nothing to say.
    /// </summary>
    Func<string>? Describe() => null;

    /// <summary>Writes something down, for a signal that asks for another thing than <see cref="Describe"/>.</summary>
    /// <returns>Whether there is such a thing to write in this role.</returns>
    bool Dump(DumpKind kind) => false;

    /// <summary>
    /// Hears of what another child told, and, after a start, of all that was told before. Not before the start has completed.
    /// </summary>
    void OnNews(RoleMessage message)
    {
    }

    /// <summary>
    /// Ends the work: says good-bye on the wire, clears what it put into the kernel. Completes when all is done. Also called after a
    /// <see cref="StartAsync"/> that failed half-way.
    /// </summary>
    ValueTask StopAsync();
}

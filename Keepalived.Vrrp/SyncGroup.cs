using Keepalived.Vrrp.Transport;

namespace Keepalived.Vrrp;

/// <summary>
/// A running sync group: virtual routers of an engine that are master together or not at all. All members may be used from any thread.
/// </summary>
public sealed class SyncGroup
{
    internal SyncGroup(VrrpSyncGroupOptions options) => Options = options;

    /// <summary>
    /// The state changed, or the group ended. Raised on the engine's loop, in order: return quickly and do not block; adverts wait.
    /// </summary>
    public event EventHandler<SyncGroupEvent>? Changed;

    /// <summary>The options in force.</summary>
    public VrrpSyncGroupOptions Options { get; internal set; }

    /// <summary>Its name, <see cref="VrrpSyncGroupOptions.Name"/>.</summary>
    public string Name => Options.Name;

    /// <summary>
    /// The state: <see cref="VrrpState.Master"/> if all members are master, <see cref="VrrpState.Fault"/> if one has a fault, else
    /// <see cref="VrrpState.Backup"/>; <see cref="VrrpState.Initialize"/> before the start and after the end.
    /// </summary>
    public VrrpState State => IsStopped ? VrrpState.Initialize : Driver?.Machine.State ?? VrrpState.Initialize;

    internal SyncGroupDriver? Driver { get; set; }

    internal bool IsStopped { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({State})";

    internal void RaiseChanged(SyncGroupEvent happened) => Changed?.Invoke(this, happened);
}

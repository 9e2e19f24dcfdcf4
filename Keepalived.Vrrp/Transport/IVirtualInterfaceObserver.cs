namespace Keepalived.Vrrp.Transport;

/// <summary>Who is told of virtual MAC interfaces as they come and go. Called on the loop.</summary>
internal interface IVirtualInterfaceObserver
{
    /// <summary>They were made and have their index, but are not up yet, so that nothing has left them: they wait for this.</summary>
    Task OnCreatedAsync(IReadOnlyList<VirtualInterface> created);

    /// <summary>They are about to be deleted, or were deleted by somebody else.</summary>
    void OnRemoved(IReadOnlyList<VirtualInterface> removed);
}

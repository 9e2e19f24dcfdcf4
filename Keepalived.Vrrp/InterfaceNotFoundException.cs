namespace Keepalived.Vrrp;

/// <summary>
/// A virtual router names an interface that does not exist, and <see cref="VrrpEngineOptions.DynamicInterfaces"/> is off.
/// </summary>
public sealed class InterfaceNotFoundException : Exception
{
    /// <summary>An exception for one interface.</summary>
    public InterfaceNotFoundException(string router, string interfaceName)
        : base($"Virtual router '{router}': there is no interface '{interfaceName}'.") =>
            (RouterName, InterfaceName) = (router, interfaceName);

    /// <summary>The name of the virtual router.</summary>
    public string RouterName { get; }

    /// <summary>The interface that is missing.</summary>
    public string InterfaceName { get; }
}

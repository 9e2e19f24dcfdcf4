using Keepalived.Interop.Tests.Lab;
using Keepalived.Interop.Tests.Lab.Interop;

namespace Keepalived.Interop.Tests;

/// <summary>Before the first scenario: removes the namespaces of runs that were killed.</summary>
[SetUpFixture]
internal sealed class Housekeeping
{
    [OneTimeSetUp]
    public void RemoveLeftovers()
    {
        if (Libc.EffectiveUser() == 0 && Requirement.FindTool("ip") is not null)
            Namespaces.RemoveLeftovers();
    }
}

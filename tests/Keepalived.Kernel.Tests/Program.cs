using Keepalived.Kernel.Tests;
using Keepalived.Kernel.Tests.Machine;
using Microsoft.Testing.Platform.Builder;

// On a kernel without IPVS the tests run in one that has it; what they print and how they end is passed on.
if (TestMachine.IsNeeded && TestMachine.TryRun(args) is { } status)
    return status;

var builder = await TestApplication.CreateBuilderAsync(args);
builder.AddSelfRegisteredExtensions(args);
using var application = await builder.BuildAsync();
return await application.RunAsync();

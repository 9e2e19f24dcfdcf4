using Keepalived.Daemon.Tests;
using Keepalived.Daemon.Tests.Processes;
using Microsoft.Testing.Platform.Builder;

// The same program is the tests and, started by them, a daemon whose role does what the test says.
if (ScriptedDaemon.IsRequested)
    return ScriptedDaemon.Run(args);

var builder = await TestApplication.CreateBuilderAsync(args);
builder.AddSelfRegisteredExtensions(args);
using var application = await builder.BuildAsync();
return await application.RunAsync();

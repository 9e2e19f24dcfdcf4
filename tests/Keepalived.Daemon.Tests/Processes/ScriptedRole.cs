using System.Globalization;
using Keepalived.Daemon.Configuration;
using Keepalived.Daemon.Processes;

namespace Keepalived.Daemon.Tests.Processes;

/// <summary>The role of the <see cref="ScriptedDaemon"/>.</summary>
internal sealed class ScriptedRole : IRole
{
    private readonly string _journal = Environment.GetEnvironmentVariable(ScriptedDaemon.JournalVariable)!;
    private string _behaviour = "";

    public async ValueTask StartAsync(ChildContext context, ConfigurationResult configuration)
    {
        _behaviour = Behaviour(configuration);
        Write("start");
        await Task.Delay(TimeSpan.FromMilliseconds(1), context.Loop.TimeProvider);
        switch (_behaviour.Split(' '))
        {
            case ["start-fails", var code]:
                throw new RoleFailure(int.Parse(code, CultureInfo.InvariantCulture), "told so");
            case ["crashes"]:
                throw new InvalidOperationException("told so");
            case ["fails-later", var code]:
                context.Fail(int.Parse(code, CultureInfo.InvariantCulture));
                break;
        }
    }

    public ValueTask ReloadAsync(ConfigurationResult configuration)
    {
        var behaviour = Behaviour(configuration);
        if (behaviour == "reload-fails")
        {
            Write("refuse");
            throw new RoleFailure(ExitCode.Configuration, "told so");
        }

        _behaviour = behaviour;
        Write("reload");
        return ValueTask.CompletedTask;
    }

    public async ValueTask StopAsync()
    {
        Write("stop");
        if (_behaviour == "ignores-stop")
            await Task.Delay(Timeout.Infinite);
    }

    public void Dispose()
    {
    }

    private static string Behaviour(ConfigurationResult configuration) => configuration.Configuration.Global.RouterId ?? "";

    private void Write(string happened) => File.AppendAllText(
        _journal, string.Create(CultureInfo.InvariantCulture, $"{happened} {Environment.ProcessId} {_behaviour}").TrimEnd() + "\n");
}

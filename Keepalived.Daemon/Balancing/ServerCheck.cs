using Keepalived.Checkers;
using Keepalived.Checkers.Pools;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Configuration.Model.Checks;

namespace Keepalived.Daemon.Balancing;

/// <summary>A check of a real server: what its results came to, as far as the server has been told.</summary>
internal sealed class ServerCheck : PoolChecker
{
    /// <param name="service">The virtual server.</param>
    /// <param name="server">The real server.</param>
    /// <param name="configuration">What the configuration says.</param>
    /// <param name="isUp">What it counts as.</param>
    /// <param name="hasRun">Whether a result said so.</param>
    /// <param name="weight">What it adds to the server's weight.</param>
    public ServerCheck(
        VirtualService service, RealServer server, CheckConfiguration configuration, bool isUp, bool hasRun, long weight)
        : base(server, isUp, weight) => (Service, Configuration, IsUp, HasRun) = (service, configuration, isUp, hasRun);

    /// <summary>The virtual server.</summary>
    public VirtualService Service { get; }

    /// <summary>The real server.</summary>
    public new RealServer Server => (RealServer)base.Server;

    /// <summary>What the configuration says.</summary>
    public CheckConfiguration Configuration { get; }

    /// <summary>Its kind in a word, such as <c>Tcp</c>.</summary>
    public string Kind => Configuration.GetType().Name.Replace("CheckConfiguration", "", StringComparison.Ordinal);

    /// <summary>What it counts as.</summary>
    public bool IsUp { get; private set; }

    /// <summary>There has been a result.</summary>
    public bool HasRun { get; private set; }

    /// <summary>Where its results come from; null for checks that hear of events.</summary>
    public Probe? Probe { get; set; }

    /// <summary>Tells the server of a result.</summary>
    public void Apply(in CheckResult result, in CheckVerdict verdict)
    {
        HasRun |= result.Outcome != CheckOutcome.LocalError;
        if (verdict.Decision != CheckDecision.None)
            IsUp = verdict.Decision == CheckDecision.Up;
        Service.Pool.Apply(this, result, verdict);
    }

    /// <summary>A check that hears of events: each one decides.</summary>
    public CheckVerdict Judge(in CheckResult result)
    {
        if (HasRun && result.IsSuccess == IsUp)
            return default;
        return new CheckVerdict
        {
            Decision = result.IsSuccess ? CheckDecision.Up : CheckDecision.Down,
            IsChange = result.IsSuccess != IsUp,
            IsFirst = !HasRun,
        };
    }
}

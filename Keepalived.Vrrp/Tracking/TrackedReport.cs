namespace Keepalived.Vrrp.Tracking;

/// <summary>What was last reported of a tracked object.</summary>
/// <param name="State">The state; up if a number was reported.</param>
/// <param name="Number">The number; 0 if a state was reported.</param>
internal readonly record struct TrackedReport(TrackedState State, int Number)
{
    public static TrackedReport Of(TrackedState state) => new(state, 0);

    public static TrackedReport Of(int number) => new(TrackedState.Up, number);
}

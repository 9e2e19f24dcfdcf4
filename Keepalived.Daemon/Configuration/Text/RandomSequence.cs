namespace Keepalived.Daemon.Configuration.Text;

/// <summary>The numbers behind <c>_RANDOM</c> (SplitMix64): the same in every process and version for the same seed.</summary>
internal sealed class RandomSequence(uint seed)
{
    private ulong _state = seed;

    /// <summary>A number from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    public long Next(long min, long max)
    {
        _state += 0x9e3779b97f4a7c15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        z ^= z >> 31;
        return min + (long)(z % (ulong)(max - min + 1));
    }
}

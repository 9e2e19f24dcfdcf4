using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Settings of the kernel (sysctls) that are ours as long as somebody here needs them, and are then what they were before. What somebody
/// else changed meanwhile is left alone. Lives on the loop.
/// </summary>
internal sealed class KernelSettings(KernelJournal journal, ILogger logger)
{
    private readonly Dictionary<string, int> _holders = new(StringComparer.Ordinal);

    /// <summary>Sets it, once more or for the first time.</summary>
    public void Hold(string path, int value)
    {
        if (_holders.TryGetValue(path, out var count))
        {
            _holders[path] = count + 1;
            return;
        }

        if (Sysctl.Read(path) is not { } current)
            return;
        // A run that was killed may have set it: then what it found is what it was before.
        var before = journal.Settings.TryGetValue(path, out var left) && left.Ours == current ? left.Before : current;
        if (before != value)
        {
            journal.Set(path, before, value);
            journal.Save();
        }

        if (current != value && Sysctl.Write(path, value) is { } error)
        {
            logger.CannotSet(error, path, value);
            journal.ForgetSetting(path);
            return;
        }

        _holders[path] = 1;
    }

    /// <summary>It is needed once less; with the last it becomes what it was, if it is still as we set it.</summary>
    public void Release(string path)
    {
        if (!_holders.TryGetValue(path, out var count))
            return;
        if (count > 1)
        {
            _holders[path] = count - 1;
            return;
        }

        _holders.Remove(path);
        Restore(path);
    }

    /// <summary>Its interface is gone, and its settings with it.</summary>
    public void Forget(string path)
    {
        _holders.Remove(path);
        journal.ForgetSetting(path);
    }

    /// <summary>Restores what an earlier run set and nobody here needs.</summary>
    public void RestoreLeftovers()
    {
        foreach (var path in journal.Settings.Keys.Where(path => !_holders.ContainsKey(path)).ToArray())
            Restore(path);
        journal.Save();
    }

    /// <summary>Restores everything.</summary>
    public void RestoreAll()
    {
        _holders.Clear();
        RestoreLeftovers();
    }

    private void Restore(string path)
    {
        if (!journal.Settings.TryGetValue(path, out var known))
            return;
        if (Sysctl.Read(path) == known.Ours && Sysctl.Write(path, known.Before) is { } error)
            logger.CannotSet(error, path, known.Before);
        journal.ForgetSetting(path);
    }
}
